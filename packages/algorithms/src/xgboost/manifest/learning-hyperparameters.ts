import type { HyperparameterDeclaration } from "../../manifest/hyperparameter.ts";
import { evaluationMetrics, isThresholdMetric, tuningMetricNames } from "./metrics.ts";

const INT32_MAX = 2 ** 31 - 1;

/** What is learned, and how the job runs. */
export const learningHyperparameters: readonly HyperparameterDeclaration[] = [
  {
    name: "objective",
    description: "What is minimised.",
    kind: {
      type: "Categorical",
      values: [
        "aft_loss_distribution",
        "binary:logistic",
        "binary:logitraw",
        "binary:hinge",
        "count:poisson",
        "multi:softmax",
        "multi:softprob",
        "rank:pairwise",
        "rank:ndcg",
        "rank:map",
        "reg:linear",
        "reg:squarederror",
        "reg:logistic",
        "reg:gamma",
        "reg:absoluteerror",
        "reg:pseudohubererror",
        "reg:squaredlogerror",
        "reg:tweedie",
        "survival:aft",
        "survival:cox",
      ],
    },
    default: "reg:squarederror",
  },
  {
    name: "num_class",
    description: "Number of classes, for multi:softmax and multi:softprob.",
    kind: { type: "Integer", range: { min: 2 } },
  },
  {
    name: "base_score",
    description: "Prediction before the first tree.",
    kind: { type: "Continuous", range: { min: 0 } },
  },
  {
    name: "eval_metric",
    description: "Metrics to print each round, comma-separated; the objective has its own default.",
    kind: { type: "CommaSeparatedList", values: evaluationMetrics, allows: isThresholdMetric },
  },
  {
    name: "early_stopping_rounds",
    description: "Stop when the validation metric has not improved for so many rounds.",
    kind: { type: "Integer", range: { min: 1 } },
  },
  {
    name: "seed",
    description: "Seed of all random choices.",
    kind: { type: "Integer", range: { min: -(2 ** 31), minOpen: true, max: INT32_MAX, maxOpen: true } },
    default: "0",
  },
  {
    name: "csv_weights",
    description: "1 when the second CSV column is each row's weight.",
    kind: { type: "Integer", range: { min: 0, max: 1 } },
    default: "0",
  },
  {
    name: "nthread",
    description: "Threads per host; all when absent.",
    kind: { type: "Integer", range: { min: 1 } },
  },
  {
    name: "verbosity",
    description: "What the library prints: 0 nothing, 1 warnings, 2 information, 3 everything.",
    kind: { type: "Integer", range: { min: 0, max: 3 } },
    default: "1",
    since: "0.90",
  },
  {
    name: "silent",
    description: "1 prints nothing of the library.",
    kind: { type: "Integer", range: { min: 0, max: 1 } },
    default: "0",
    until: "0.72",
  },
  {
    name: "save_model_on_termination",
    description: "Whether a stopped job keeps its model so far. Clary always keeps it.",
    kind: { type: "Categorical", values: ["true", "false"] },
    default: "false",
    since: "1.0",
  },
  {
    name: "aft_loss_distribution",
    description: "Distribution of survival:aft.",
    kind: { type: "Categorical", values: ["normal", "logistic", "extreme"] },
    since: "1.0",
  },
  {
    name: "aft_loss_distribution_scale",
    description: "Scale of that distribution.",
    kind: { type: "Continuous", range: { min: 0, minOpen: true } },
    since: "1.0",
  },
  {
    name: "deterministic_histogram",
    description: "Whether the GPU's histograms are reproducible.",
    kind: { type: "Categorical", values: ["true", "false"] },
    since: "1.0",
  },
  {
    name: "sampling_method",
    description: "How rows are sampled.",
    kind: { type: "Categorical", values: ["uniform", "gradient_based"] },
    since: "1.2",
  },
  {
    name: "use_dask_gpu_training",
    description: "Distributed training on GPUs.",
    kind: { type: "Categorical", values: ["true", "false"] },
    default: "false",
    since: "1.5",
  },
  {
    name: "tweedie_variance_power",
    description: "Power of reg:tweedie's variance.",
    kind: { type: "Continuous", range: { min: 1, minOpen: true, max: 2, maxOpen: true } },
    default: "1.5",
  },
  {
    name: "huber_slope",
    description: "Delta of reg:pseudohubererror.",
    kind: { type: "Continuous", range: { min: 0, minOpen: true } },
    default: "1",
    since: "1.5",
  },
  {
    name: "_kfold",
    description: "Folds of cross validation.",
    kind: { type: "Integer", range: { min: 2 } },
    since: "1.2",
  },
  {
    name: "_num_cv_round",
    description: "How often cross validation is repeated.",
    kind: { type: "Integer", range: { min: 1 } },
    since: "1.2",
  },
  {
    name: "_tuning_objective_metric",
    description: "Set by a tuning job: the metric it optimises.",
    kind: { type: "Categorical", values: tuningMetricNames },
  },
];
