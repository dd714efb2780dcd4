import type { TrainingContext } from "../../algorithm.ts";
import { UserError } from "../../failures.ts";
import { trainDistributed } from "../distributed/train-distributed.ts";
import type { Environment } from "../library/environment.ts";
import { sendLogTo } from "../library/log-callback.ts";
import { openLibrary } from "../library/open-library.ts";
import type { WatchedSet } from "./boost.ts";
import { crossValidate } from "./cross-validation.ts";
import { loadAllRows, loadMatrices, type Matrices } from "./load-matrices.ts";
import { saveModel } from "./save-model.ts";
import { trainModel } from "./train-model.ts";
import { checkJob, type TrainingJob, verbosityOf } from "./training-job.ts";

/** Trains XGBoost as the image's container would. Throws UserError, AlgorithmError or PlatformError. */
export async function train(context: TrainingContext, environment: Environment): Promise<void> {
  const checked = checkJob(context);
  announceStart(context, checked);
  const library = await openLibrary({ environment, wanted: checked.image.release, progress: checked.log.info });
  checked.log.info(`XGBoost ${library.versionText}; the image's is ${checked.image.release}`);
  sendLogTo(library, verbosityOf(checked.hyperparameters), context.log);
  const job = { ...checked, library };
  if (context.hosts.length > 1) {
    await trainDistributed(job);
  } else if (job.hyperparameters.has("_kfold")) {
    await crossValidate(job, await loadAllRows(job));
  } else {
    await trainSingle(job, await loadMatrices(job));
  }
}

async function trainSingle(job: TrainingJob, matrices: Matrices): Promise<void> {
  const train = requireRows(job, matrices);
  announceRows(job, train, matrices.validation);
  const { checkpointDirectory } = job.context;
  const { booster, outcome } = await trainModel(job, {
    train,
    validation: matrices.validation,
    ...(checkpointDirectory === undefined ? {} : { checkpointDirectory }),
    distributed: false,
    leads: true,
    shouldStop: () => job.context.stop.aborted,
  });
  // Stopped before the first round there is no model to save.
  if (outcome.rounds > 0) {
    await saveModel(job, booster);
  }
  booster.free();
}

function requireRows(job: TrainingJob, matrices: Matrices): WatchedSet {
  const { train, validation } = job.channels;
  if (matrices.train === undefined) {
    throw new UserError(`No data in training channel path ${train.displayPath}`);
  }
  if (validation !== undefined && matrices.validation === undefined) {
    throw new UserError(`No data in validation channel path ${validation.displayPath}`);
  }
  return matrices.train;
}

function announceStart({ log, hosts }: TrainingContext, { image, log: container }: Omit<TrainingJob, "library">): void {
  if (image.firstGeneration) {
    log("Arguments: train");
    container.info(`Running ${hosts.length > 1 ? "distributed" : "standalone"} xgboost training.`);
  }
}

function announceRows(job: TrainingJob, train: WatchedSet, validation: WatchedSet | undefined): void {
  if (job.image.firstGeneration) {
    return;
  }
  if (job.context.hosts.length === 1) {
    job.log.info("Single node training.");
  }
  job.log.info(`Train matrix has ${train.matrix.rows} rows and ${train.matrix.columns} columns`);
  if (validation !== undefined) {
    job.log.info(`Validation matrix has ${validation.matrix.rows} rows`);
  }
}
