import { PlatformError, UserError } from "../../failures.ts";
import { toDMatrix, type TrainingData } from "../data/training-data.ts";
import { saveModel } from "../train/save-model.ts";
import { loadChannels } from "../train/load-matrices.ts";
import { trainModel } from "../train/train-model.ts";
import type { TrainingJob } from "../train/training-job.ts";
import { attend, convene, type HostReport, type Membership, type Plan } from "./assembly.ts";
import { Communicator } from "./communicator.ts";
import type { RunningTracker } from "./running-tracker.ts";
import { startTracker, taskArgument } from "./tracker.ts";

/**
 * Trains on several hosts: each reads its own rows, the library reduces over all. Hosts without rows wait. The first host
 * that has rows has rank 0: it alone logs evaluations and saves the model.
 */
export async function trainDistributed(job: TrainingJob): Promise<void> {
  const { hosts, currentHost } = job.context;
  job.log.info(
    `Distributed node training with ${hosts.length} hosts: [${hosts.map((host) => `'${host}'`).join(", ")}]`,
  );
  const data = await loadChannels(job);
  const participates = isComplete(job, data);
  const trackers: RunningTracker[] = [];
  const membership = await assemble(job, { host: currentHost, participates }, trackers);
  const { participants } = membership.plan;
  if (participants.length === 0) {
    throw new UserError(`No data in training channel path ${job.channels.train.displayPath}`);
  }
  if (participates && data.train !== undefined) {
    await trainHere(job, { train: data.train, validation: data.validation }, membership.plan);
  }
  await membership.leave();
  await Promise.all(trackers.map((tracker) => tracker.close()));
}

interface HostData {
  readonly train: TrainingData | undefined;
  readonly validation: TrainingData | undefined;
}

function isComplete(job: TrainingJob, { train, validation }: HostData): boolean {
  const missing =
    train === undefined ? "training" : validation === undefined && job.channels.validation ? "validation" : undefined;
  if (missing !== undefined) {
    job.log.warning(
      `Host ${job.context.currentHost} does not have ${missing} data. Will broadcast to cluster and this host ` +
        `${job.context.currentHost} will not be used in distributed training. ` +
        "Please divide the training data across instances properly.",
    );
  }
  return missing === undefined;
}

function assemble(job: TrainingJob, report: HostReport, trackers: RunningTracker[]): Promise<Membership> {
  const { hosts, meetingPoint, stop } = job.context;
  if (meetingPoint === undefined) {
    throw new PlatformError("The hosts of the job have no place to meet.");
  }
  const options = { hosts, meetingPoint, stop };
  if (report.host !== hosts[0]) {
    return attend(report, options);
  }
  return convene(report, options, async (participants) => {
    if (participants.length === 0) {
      return { participants, communicator: {} };
    }
    const tracker = await startTracker(job.library, participants.length, meetingPoint.address);
    trackers.push(tracker);
    return { participants, communicator: tracker.workerArguments };
  });
}

/** Matrices are made after joining: the library agrees on the number of columns while it makes them. */
async function trainHere(
  job: TrainingJob,
  data: { readonly train: TrainingData; readonly validation: TrainingData | undefined },
  plan: Plan,
): Promise<void> {
  const task = taskArgument(job.library, plan.participants.indexOf(job.context.currentHost));
  const communicator = Communicator.join(job.library, { ...plan.communicator, ...task });
  const leads = communicator.rank === 0;
  const matrix = (name: string, from: TrainingData) => ({
    name,
    labels: from.labels,
    matrix: toDMatrix(job.library, from, job.context.threads),
  });
  const train = matrix("train", data.train);
  const validation = data.validation === undefined ? undefined : matrix("validation", data.validation);
  job.log.info(`Train matrix has ${train.matrix.rows} rows and ${train.matrix.columns} columns`);
  const { booster, outcome } = await trainModel(job, {
    train,
    validation,
    ...(job.context.checkpointDirectory === undefined ? {} : { checkpointDirectory: job.context.checkpointDirectory }),
    distributed: true,
    leads,
    shouldStop: () => communicator.agree(job.context.stop.aborted),
  });
  if (leads && outcome.rounds > 0) {
    await saveModel(job, booster);
  }
  booster.free();
  communicator.leave();
}
