import type { HyperparameterDeclaration } from "../../manifest/hyperparameter.ts";

const unitOpenAtZero = { min: 0, minOpen: true, max: 1 };
const unit = { min: 0, max: 1 };
const notNegative = { min: 0 };
const flag = { min: 0, max: 1 };

/** How trees are grown; the order and the ranges are those of AWS's documentation and container. */
export const treeHyperparameters: readonly HyperparameterDeclaration[] = [
  {
    name: "eta",
    aliases: ["learning_rate"],
    description: "Step size shrinkage: how much each round's weights count.",
    kind: { type: "Continuous", range: unit },
    default: "0.3",
    tunable: { min: 0.1, max: 0.5, scale: "Linear" },
  },
  {
    name: "gamma",
    aliases: ["min_split_loss"],
    description: "Smallest loss reduction for which a leaf is split.",
    kind: { type: "Continuous", range: notNegative },
    default: "0",
    tunable: { min: 0, max: 5, scale: "Linear" },
  },
  {
    name: "max_depth",
    description: "Greatest depth of a tree; 0 is no limit.",
    kind: { type: "Integer", range: notNegative },
    default: "6",
    tunable: { min: 0, max: 10, scale: "Linear" },
  },
  {
    name: "min_child_weight",
    description: "Smallest sum of instance weights in a child.",
    kind: { type: "Continuous", range: notNegative },
    default: "1",
    tunable: { min: 0, max: 120, scale: "Linear" },
  },
  {
    name: "max_delta_step",
    description: "Largest step of a leaf's weight; 0 is no limit.",
    kind: { type: "Continuous", range: notNegative },
    default: "0",
    tunable: { min: 0, max: 10, scale: "Linear" },
  },
  {
    name: "subsample",
    description: "Share of rows that each round sees.",
    kind: { type: "Continuous", range: unitOpenAtZero },
    default: "1",
    tunable: { min: 0.5, max: 1, scale: "Linear" },
  },
  {
    name: "colsample_bytree",
    description: "Share of columns that each tree sees.",
    kind: { type: "Continuous", range: unitOpenAtZero },
    default: "1",
    tunable: { min: 0.5, max: 1, scale: "Linear" },
  },
  {
    name: "colsample_bylevel",
    description: "Share of columns that each level sees.",
    kind: { type: "Continuous", range: unitOpenAtZero },
    default: "1",
    tunable: { min: 0.1, max: 1, scale: "Linear" },
  },
  {
    name: "colsample_bynode",
    description: "Share of columns that each split sees.",
    kind: { type: "Continuous", range: unitOpenAtZero },
    default: "1",
    tunable: { min: 0.1, max: 1, scale: "Linear" },
    since: "0.90",
  },
  {
    name: "lambda",
    aliases: ["reg_lambda"],
    description: "L2 regularisation of weights.",
    kind: { type: "Continuous", range: notNegative },
    default: "1",
    tunable: { min: 0, max: 1000, scale: "Linear" },
  },
  {
    name: "alpha",
    aliases: ["reg_alpha"],
    description: "L1 regularisation of weights.",
    kind: { type: "Continuous", range: notNegative },
    default: "0",
    tunable: { min: 0, max: 1000, scale: "Linear" },
  },
  {
    name: "tree_method",
    description: "How splits are found.",
    kind: { type: "Categorical", values: ["auto", "exact", "approx", "hist", "gpu_hist"] },
    default: "auto",
  },
  {
    name: "sketch_eps",
    description: "Precision of approx's bins.",
    kind: { type: "Continuous", range: { min: 0, minOpen: true, max: 1, maxOpen: true } },
    default: "0.03",
  },
  {
    name: "scale_pos_weight",
    description: "Weight of positive rows against negative ones.",
    kind: { type: "Continuous", range: { min: 0, minOpen: true } },
    default: "1",
    // The first container documented no lower bound above zero, but no other value makes sense there either.
  },
  {
    name: "updater",
    description: "Tree or linear updaters, in order.",
    kind: {
      type: "CommaSeparatedList",
      values: [
        "grow_colmaker",
        "distcol",
        "grow_histmaker",
        "grow_local_histmaker",
        "grow_quantile_histmaker",
        "grow_skmaker",
        "sync",
        "refresh",
        "prune",
        "shotgun",
        "coord_descent",
      ],
    },
  },
  {
    name: "dsplit",
    description: "How distributed data is split; rows are all that is left.",
    kind: { type: "Categorical", values: ["row", "col"] },
  },
  {
    name: "refresh_leaf",
    description: "Whether refresh also updates leaves.",
    kind: { type: "Integer", range: flag },
    default: "1",
  },
  {
    name: "process_type",
    description: "Grow new trees, or update those of a given model.",
    kind: { type: "Categorical", values: ["default", "update"] },
    default: "default",
  },
  {
    name: "grow_policy",
    description: "Which node to split next.",
    kind: { type: "Categorical", values: ["depthwise", "lossguide"] },
    default: "depthwise",
  },
  {
    name: "max_leaves",
    description: "Greatest number of leaves; 0 is no limit.",
    kind: { type: "Integer", range: notNegative },
    default: "0",
  },
  {
    name: "max_bin",
    description: "Bins per column for hist and approx.",
    kind: { type: "Integer", range: notNegative },
    default: "256",
  },
  {
    name: "predictor",
    description: "Where predictions run during training.",
    kind: { type: "Categorical", values: ["auto", "cpu_predictor", "gpu_predictor"] },
    default: "auto",
  },
  {
    name: "monotone_constraints",
    description: "Per column: 1 increasing, -1 decreasing, 0 free; `(0,1)`.",
    kind: { type: "Tuple", values: [-1, 0, 1] },
    since: "0.90",
  },
  {
    name: "interaction_constraints",
    description: "Groups of columns that may interact; `[[1,2],[3,4]]`.",
    kind: { type: "NestedList", range: { min: 0 } },
    since: "0.90",
  },
  {
    name: "num_parallel_tree",
    description: "Trees per round; above 1 a random forest is boosted.",
    kind: { type: "Integer", range: { min: 1 } },
    default: "1",
    since: "1.0",
  },
];
