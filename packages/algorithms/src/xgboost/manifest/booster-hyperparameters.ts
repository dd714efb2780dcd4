import type { HyperparameterDeclaration } from "../../manifest/hyperparameter.ts";

const unit = { min: 0, max: 1 };

/** The number of rounds, the kind of booster, and what only DART and linear boosters take. */
export const boosterHyperparameters: readonly HyperparameterDeclaration[] = [
  {
    name: "num_round",
    description: "Boosting rounds.",
    kind: { type: "Integer", range: { min: 1 } },
    required: true,
    tunable: { min: 1, max: 4000, scale: "Linear" },
  },
  {
    name: "booster",
    description: "Trees, trees with dropout, or linear functions.",
    kind: { type: "Categorical", values: ["gbtree", "gblinear", "dart"] },
    default: "gbtree",
  },
  {
    name: "sample_type",
    description: "DART: how dropped trees are chosen.",
    kind: { type: "Categorical", values: ["uniform", "weighted"] },
    default: "uniform",
  },
  {
    name: "normalize_type",
    description: "DART: how new trees are weighted.",
    kind: { type: "Categorical", values: ["tree", "forest"] },
    default: "tree",
  },
  {
    name: "rate_drop",
    description: "DART: share of trees to drop.",
    kind: { type: "Continuous", range: unit },
    default: "0.0",
  },
  {
    name: "one_drop",
    description: "DART: drop at least one tree.",
    kind: { type: "Integer", range: unit },
    default: "0",
  },
  {
    name: "skip_drop",
    description: "DART: chance that a round drops nothing.",
    kind: { type: "Continuous", range: unit },
    default: "0.0",
  },
  {
    name: "lambda_bias",
    description: "Linear: L2 regularisation of the bias.",
    kind: { type: "Continuous", range: unit },
    default: "0",
  },
];
