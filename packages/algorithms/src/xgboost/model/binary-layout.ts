/**
 * The binary form that `save_model` wrote up to release 2.0 (`src/learner.cc`, `src/gbm/gbtree_model.h`,
 * `include/xgboost/tree_model.h` of 1.7), little-endian:
 *
 * | part | bytes |
 * |---|---|
 * | `binf`, absent in older files | 4 |
 * | learner: base_score f4, num_feature u4, num_class i4, extra attributes i4, metrics i4, version u4 u4, targets u4, reserved | 136 |
 * | objective, booster: length u8 and text each | |
 * | gbtree: trees i4, parallel trees i4, reserved | 160 |
 * | each tree: roots i4, nodes i4, deleted i4, depth i4, features i4, leaf vector i4, reserved | 148 |
 * | its nodes: parent i4 (bit 31: is left child), left i4, right i4, column u4 (bit 31: default left), value f4 | 20 each |
 * | its statistics: loss change f4, hessian f4, base weight f4, leaf children i4 | 16 each |
 * | group of each tree i4; DART: count u8 and weight f4 of each | |
 * | gblinear: columns u4, groups i4, reserved; then count u8 and weights f4 | 136 |
 * | attributes: count u8, pairs of texts; metrics: count u8, texts | |
 */
export const MAGIC = "binf";
export const LEARNER_BYTES = 136;
export const TREES_BYTES = 160;
export const TREE_BYTES = 148;
export const NODE_BYTES = 20;
export const STATISTICS_BYTES = 16;
export const LINEAR_BYTES = 136;

export const TOP_BIT = 0x8000_0000;

/** Attribute names under which the library stores its own parameters among the user's. */
export const OBJECTIVE_ATTRIBUTE = "objective";
export const METRICS_ATTRIBUTE = "metrics";
