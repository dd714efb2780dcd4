import { Booster } from "../library/booster.ts";
import { XgboostError } from "../library/native-library.ts";
import { parseModel } from "../model/parse-model.ts";
import { boost, type BoostOutcome, type WatchedSet } from "./boost.ts";
import { boosterParameters, requestedMetrics, tuningMetric } from "./booster-parameters.ts";
import { CheckpointWriter, latestCheckpoint } from "./checkpoints.ts";
import { isLibraryMetric } from "./custom-metrics.ts";
import { EarlyStopping } from "./early-stopping.ts";
import { trainingFailure } from "./training-failure.ts";
import { numberOf, type TrainingJob } from "./training-job.ts";

export interface ModelRun {
  readonly train: WatchedSet;
  readonly validation: WatchedSet | undefined;
  /** Absent when nothing is to be saved while training. */
  readonly checkpointDirectory?: string;
  readonly distributed: boolean;
  /** Whether this host logs and saves: the only one, or the one of rank 0. */
  readonly leads: boolean;
  readonly shouldStop: () => boolean;
}

/** A trained model, ready to be saved, and how its training ended. */
export interface TrainedModel {
  readonly booster: Booster;
  readonly outcome: BoostOutcome;
}

/** Trains one model. Throws UserError where the data or the parameters are to blame, else AlgorithmError. */
export async function trainModel(job: TrainingJob, run: ModelRun): Promise<TrainedModel> {
  const sets: [WatchedSet, ...WatchedSet[]] = [run.train, ...(run.validation === undefined ? [] : [run.validation])];
  const booster = Booster.create(
    job.library,
    sets.map((set) => set.matrix),
  );
  try {
    return await trainBooster(job, run, booster, sets);
  } catch (error) {
    booster.free();
    throw error instanceof XgboostError ? trainingFailure(error) : error;
  }
}

async function trainBooster(
  job: TrainingJob,
  run: ModelRun,
  booster: Booster,
  sets: [WatchedSet, ...WatchedSet[]],
): Promise<TrainedModel> {
  const earlyStopping = createEarlyStopping(job, run);
  const firstRound = await resume({ job, run, booster, earlyStopping });
  setParameters(job, run, booster);
  const checkpoints = createCheckpoints(job, run);
  const outcome = await boost({
    booster,
    image: job.image,
    sets,
    firstRound,
    rounds: numberOf(job.hyperparameters, "num_round", 1),
    customMetrics: requestedMetrics(job.hyperparameters).filter((metric) => !isLibraryMetric(metric)),
    ...(earlyStopping === undefined ? {} : { earlyStopping }),
    shouldStop: run.shouldStop,
    log: run.leads ? job.log.plain : () => undefined,
    afterRound: async (round) => {
      storeBest(booster, earlyStopping);
      await checkpoints?.offer(round, () => booster.save("ubj"));
    },
  });
  if (outcome.reason === "early-stopping" && run.leads) {
    announceStop(job, earlyStopping);
  }
  if (outcome.rounds > firstRound) {
    await checkpoints?.write(outcome.rounds - 1, booster.save("ubj"));
  }
  return { booster: keepBest(job, booster, earlyStopping), outcome };
}

interface Resumption {
  readonly job: TrainingJob;
  readonly run: ModelRun;
  readonly booster: Booster;
  readonly earlyStopping: EarlyStopping | undefined;
}

/** Goes on from the newest checkpoint; gives the first round to train. */
async function resume({ job, run, booster, earlyStopping }: Resumption): Promise<number> {
  const checkpoint =
    run.checkpointDirectory === undefined ? undefined : await latestCheckpoint(run.checkpointDirectory);
  if (checkpoint === undefined) {
    return 0;
  }
  booster.load(checkpoint.model);
  earlyStopping?.resume(parseModel(checkpoint.model).attributes);
  job.log.info(`Checkpoint loaded from ${checkpoint.path}`);
  job.log.info(`Resuming from iteration ${checkpoint.rounds}`);
  return checkpoint.rounds;
}

function setParameters(job: TrainingJob, run: ModelRun, booster: Booster): void {
  const parameters = boosterParameters(job.hyperparameters, {
    image: job.image,
    rows: run.train.matrix.rows,
    columns: run.train.matrix.columns,
    threads: job.context.threads,
    distributed: run.distributed,
  });
  for (const [name, value] of parameters) {
    booster.setParameter(name, value);
  }
}

function createEarlyStopping(job: TrainingJob, run: ModelRun): EarlyStopping | undefined {
  const rounds = numberOf(job.hyperparameters, "early_stopping_rounds", 0);
  // Without a validation channel the old Python package watched the training data, the later ones nothing.
  if (rounds === 0 || (run.validation === undefined && !job.image.announcesEarlyStopping)) {
    return undefined;
  }
  const listed = job.hyperparameters.get("eval_metric");
  const metric = tuningMetric(job.hyperparameters) ?? (Array.isArray(listed) ? listed.at(-1) : undefined);
  return new EarlyStopping(rounds, job.image.announcesEarlyStopping ? undefined : metric);
}

function createCheckpoints(job: TrainingJob, run: ModelRun): CheckpointWriter | undefined {
  return run.checkpointDirectory === undefined || !run.leads
    ? undefined
    : new CheckpointWriter(run.checkpointDirectory, job.context.now);
}

function storeBest(booster: Booster, earlyStopping: EarlyStopping | undefined): void {
  const best = earlyStopping?.best;
  if (best !== undefined) {
    booster.setAttribute("best_iteration", String(best.round));
    booster.setAttribute("best_score", String(best.score));
    booster.setAttribute("best_msg", best.line);
  }
}

function announceStop(job: TrainingJob, earlyStopping: EarlyStopping | undefined): void {
  if (job.image.announcesEarlyStopping && earlyStopping?.best !== undefined) {
    job.log.plain("Stopping. Best iteration:");
    job.log.plain(earlyStopping.best.line);
    job.log.plain("");
  }
}

/** Images from 1.3 on save only the rounds up to the best one; earlier ones save all and remember it. */
function keepBest(job: TrainingJob, booster: Booster, earlyStopping: EarlyStopping | undefined): Booster {
  const best = earlyStopping?.best;
  const sliceable = job.hyperparameters.get("booster") !== "gblinear";
  if (best === undefined || job.image.announcesEarlyStopping || !sliceable || best.round + 1 >= booster.rounds()) {
    return booster;
  }
  const sliced = booster.slice(best.round + 1);
  storeBest(sliced, earlyStopping);
  booster.free();
  return sliced;
}
