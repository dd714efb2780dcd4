import type { Hyperparameters, HyperparameterValue } from "../../manifest/validate-hyperparameters.ts";
import type { XgboostImage } from "../image-version.ts";
import { isLibraryMetric } from "./custom-metrics.ts";

/** A parameter as the library takes it; `eval_metric` may come several times. */
export type BoosterParameter = readonly [name: string, value: string];

export interface ParameterSurroundings {
  readonly image: XgboostImage;
  /** Rows and columns of the training matrix. */
  readonly rows: number;
  readonly columns: number;
  /** Threads this host may use. */
  readonly threads: number;
  readonly distributed: boolean;
}

/** Of the job or of AWS's container, not of the library. */
const NOT_FOR_THE_LIBRARY = new Set([
  "num_round",
  "csv_weights",
  "early_stopping_rounds",
  "save_model_on_termination",
  "use_dask_gpu_training",
  "_kfold",
  "_num_cv_round",
  "_tuning_objective_metric",
  "eval_metric",
  "silent",
  "verbosity",
  "nthread",
  "objective",
  "tree_method",
  // Gone from the library, where they had no effect on the CPU.
  "dsplit",
  "predictor",
  "deterministic_histogram",
]);

/** Libraries before 2.0 chose `exact` up to so many rows, `approx` above and in distributed training. */
const EXACT_ROW_LIMIT = 2 ** 22;
/** Below, one thread is faster than two: waking the second costs more than it saves. */
const SINGLE_THREAD_VALUES = 500_000;

/** What the library is told, with the defaults of the image's release where the library's own have changed since. */
export function boosterParameters(given: Hyperparameters, surroundings: ParameterSurroundings): BoosterParameter[] {
  const parameters: BoosterParameter[] = [...given].flatMap(([name, value]) =>
    NOT_FOR_THE_LIBRARY.has(name) ? [] : [[name, toText(value)] as const],
  );
  parameters.push(["objective", objective(given)], ["nthread", String(threadCount(given, surroundings))]);
  parameters.push(...evaluationMetrics(given).map((metric) => ["eval_metric", metric] as const));
  const treeMethod = chooseTreeMethod(given, surroundings);
  if (treeMethod !== undefined) {
    parameters.push(["tree_method", treeMethod]);
  }
  if (surroundings.image.fixedDefaults && !given.has("base_score")) {
    parameters.push(["base_score", "0.5"]);
  }
  return parameters;
}

function toText(value: HyperparameterValue): string {
  return Array.isArray(value) ? value.join(",") : String(value);
}

// The old name of the same thing; libraries from 3.1 cannot copy a model that was trained under it.
function objective(given: Hyperparameters): string {
  const name = String(given.get("objective") ?? "reg:squarederror");
  return name === "reg:linear" ? "reg:squarederror" : name;
}

function threadCount(given: Hyperparameters, { threads, rows, columns }: ParameterSurroundings): number {
  const wanted = Number(given.get("nthread") ?? (rows * columns < SINGLE_THREAD_VALUES ? 1 : threads));
  return Math.min(wanted, threads);
}

/** Metrics of `eval_metric` and the tuning objective that the library itself computes. */
function evaluationMetrics(given: Hyperparameters): string[] {
  return requestedMetrics(given).filter(isLibraryMetric);
}

/** All metrics asked for: sorted, as the container does, when a tuning objective is among them. */
export function requestedMetrics(given: Hyperparameters): string[] {
  const metrics = given.get("eval_metric");
  const listed = Array.isArray(metrics) ? metrics.map(String) : [];
  const tuned = tuningMetric(given);
  if (tuned === undefined || listed.length === 0) {
    return tuned === undefined ? listed : [tuned];
  }
  return [...new Set([...listed, tuned])].toSorted();
}

/** The metric part of `_tuning_objective_metric`: `rmse` of `validation:rmse`. */
export function tuningMetric(given: Hyperparameters): string | undefined {
  return given.get("_tuning_objective_metric")?.toString().split(":")[1];
}

function chooseTreeMethod(given: Hyperparameters, surroundings: ParameterSurroundings): string | undefined {
  const wanted = given.get("tree_method")?.toString();
  if (wanted === "gpu_hist") {
    // The same algorithm on the processor: the images' GPU instances have no counterpart here.
    return "hist";
  }
  const growsNewTrees =
    given.get("booster") !== "gblinear" && !given.has("updater") && given.get("process_type") !== "update";
  if ((wanted !== undefined && wanted !== "auto") || !surroundings.image.fixedDefaults || !growsNewTrees) {
    return wanted;
  }
  return surroundings.distributed || surroundings.rows > EXACT_ROW_LIMIT ? "approx" : "exact";
}
