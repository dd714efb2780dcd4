import type { MetricDeclaration } from "../../manifest/algorithm-manifest.ts";

/** Larger is better. */
const MAXIMIZED = [
  "accuracy",
  "auc",
  "aucpr",
  "balanced_accuracy",
  "f1",
  "f1_binary",
  "f1_macro",
  "map",
  "ndcg",
  "precision",
  "r2",
  "recall",
  "precision_macro",
  "precision_micro",
  "recall_macro",
  "recall_micro",
];

/** Smaller is better. */
const MINIMIZED = [
  "aft-nloglik",
  "cox-nloglik",
  "error",
  "gamma-deviance",
  "gamma-nloglik",
  "interval-regression-accuracy",
  "logloss",
  "mae",
  "mape",
  "merror",
  "mlogloss",
  "mphe",
  "mse",
  "poisson-nloglik",
  "rmse",
  "rmsle",
  "tweedie-nloglik",
];

const THRESHOLD_METRICS = ["error", "ndcg", "map", "tweedie-nloglik"];

/** Every name that `eval_metric` may hold. */
export const evaluationMetrics: readonly string[] = [...MAXIMIZED, ...MINIMIZED];

/** `error@0.3`, `ndcg@5`, `map@10-`. */
export function isThresholdMetric(metric: string): boolean {
  const [name = "", threshold] = metric.split("@");
  return THRESHOLD_METRICS.includes(name) && threshold !== undefined && /^\d+(\.\d+)?-?$/.test(threshold);
}

/** Whether larger values of a metric are better. */
export function isMaximized(metric: string): boolean {
  return MAXIMIZED.includes(metric.split("@")[0] ?? metric);
}

/** What `_tuning_objective_metric` may be. */
export const tuningMetricNames: readonly string[] = evaluationMetrics.flatMap((metric) => [
  `train:${metric}`,
  `validation:${metric}`,
]);

// As DescribeTrainingJob of 1.5-1 shows them; CloudWatch writes TAB as #011.
const VALUE = "([-+]?[0-9]*\\.?[0-9]+(?:[eE][-+]?[0-9]+)?)";

/** `train:rmse`, `validation:rmse` … with the regular expressions that find them in the log. */
export const metricDeclarations: readonly MetricDeclaration[] = ["train", "validation"].flatMap((set) =>
  evaluationMetrics.map((metric) => ({
    name: `${set}:${metric}`,
    regex: `.*\\[[0-9]+\\].*#011${set}-${metric}:${VALUE}.*`,
    direction: isMaximized(metric) ? ("Maximize" as const) : ("Minimize" as const),
  })),
);
