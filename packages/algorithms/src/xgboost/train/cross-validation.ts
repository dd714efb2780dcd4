import { join } from "node:path";
import { formatFixed5 } from "../../text/c-format.ts";
import type { WatchedSet } from "./boost.ts";
import type { Evaluation } from "./evaluation.ts";
import { foldAssignments } from "./fold-assignments.ts";
import { saveModel } from "./save-model.ts";
import { type TrainedModel, trainModel } from "./train-model.ts";
import { numberOf, type TrainingJob } from "./training-job.ts";
import { ValidationPredictions } from "./validation-predictions.ts";

/** Rows of one fold. */
interface Fold {
  readonly train: WatchedSet;
  readonly validation: WatchedSet;
  readonly validationRows: Int32Array;
}

/**
 * `_kfold`: trains a model per fold, `_num_cv_round` times over, logs the mean of the last metrics of each round, and saves
 * all models (`xgboost-model-0` …) and `predictions.csv`, the mean prediction of each row when it was held out.
 */
export async function crossValidate(job: TrainingJob, data: WatchedSet): Promise<void> {
  const folds = numberOf(job.hyperparameters, "_kfold", 2);
  const repeats = numberOf(job.hyperparameters, "_num_cv_round", 1);
  const classification = isClassification(job);
  job.log.info(`Run ${repeats}-round of ${folds}-fold cross validation with ${data.matrix.rows} rows`);
  const predictions = new ValidationPredictions(data.labels, classification);
  const evaluations: (readonly Evaluation[])[] = [];
  for (let repeat = 0; repeat < repeats; repeat++) {
    const seed = numberOf(job.hyperparameters, "seed", 0) + repeat;
    const assignments = foldAssignments(data.labels, { folds, seed, stratified: classification });
    for (let fold = 0; fold < folds; fold++) {
      job.log.info(`Train cross validation fold ${fold + 1}`);
      const index = repeat * folds + fold;
      evaluations.push(await trainFold(job, splitFold(data, assignments, fold), { index, predictions }));
    }
    job.log.info(`The metrics of round ${repeat + 1} cross validation`);
    logMeans(job, evaluations.slice(-folds));
  }
  await predictions.save(join(job.context.outputDataDirectory, "predictions.csv"));
  if (repeats > 1) {
    job.log.info(`The overall metrics of ${repeats}-round cross validation`);
    logMeans(job, evaluations);
  }
}

async function trainFold(
  job: TrainingJob,
  fold: Fold,
  { index, predictions }: { readonly index: number; readonly predictions: ValidationPredictions },
): Promise<readonly Evaluation[]> {
  const { checkpointDirectory: checkpoints } = job.context;
  const { booster, outcome }: TrainedModel = await trainModel(job, {
    train: fold.train,
    validation: fold.validation,
    ...(checkpoints === undefined ? {} : { checkpointDirectory: join(checkpoints, `model-${index}`) }),
    distributed: false,
    leads: true,
    shouldStop: () => job.context.stop.aborted,
  });
  predictions.record(fold.validationRows, booster.predict(fold.validation.matrix));
  await saveModel(job, booster, `-${index}`);
  booster.free();
  fold.train.matrix.free();
  fold.validation.matrix.free();
  return outcome.lastEvaluations;
}

function splitFold(data: WatchedSet, assignments: Int32Array, fold: number): Fold {
  const rows = Int32Array.from(assignments.keys());
  const validationRows = rows.filter((row) => assignments[row] === fold);
  return {
    train: slice(
      data,
      "train",
      rows.filter((row) => assignments[row] !== fold),
    ),
    validation: slice(data, "validation", validationRows),
    validationRows,
  };
}

function slice(data: WatchedSet, name: string, rows: Int32Array): WatchedSet {
  return {
    name,
    matrix: data.matrix.slice(rows),
    labels: Float32Array.from(rows, (row) => data.labels[row] ?? Number.NaN),
  };
}

function isClassification({ hyperparameters }: TrainingJob): boolean {
  return hyperparameters.has("num_class") || String(hyperparameters.get("objective")).startsWith("binary:");
}

/** `[num_round]\ttrain-rmse:…\tvalidation-rmse:…`, in the form that metric definitions look for. */
function logMeans(job: TrainingJob, evaluations: readonly (readonly Evaluation[])[]): void {
  const names = evaluations[0] ?? [];
  const means = names.map(({ set, metric }) => {
    const values = evaluations.map(
      (fold) => fold.find((e) => e.set === set && e.metric === metric)?.value ?? Number.NaN,
    );
    return `\t${set}-${metric}:${formatFixed5(values.reduce((sum, value) => sum + value, 0) / values.length)}`;
  });
  job.log.plain(`[${numberOf(job.hyperparameters, "num_round", 0)}]${means.join("")}`);
}
