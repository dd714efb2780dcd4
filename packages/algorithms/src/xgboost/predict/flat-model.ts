import type { Transformation } from "./objective.ts";

/**
 * A model as flat arrays, for prediction without the library. Nodes of all trees stand one after another; the two children
 * of a node are neighbours, the left one first, and always stand behind their parent, which is why a walk must end.
 */
export interface FlatModel {
  readonly objective: string;
  readonly classes: number;
  readonly features: number;
  /** Values per row before the transformation. */
  readonly groups: number;
  readonly transformation: Transformation;
  /** Margin of each group before the first tree. */
  readonly baseMargins: Float32Array;
  /** Per node: -1 in leaves, else `column << 1`, plus 1 where a missing value goes left. */
  readonly splits: Int32Array;
  /** Per node: index of the left child; 0 in leaves. */
  readonly children: Int32Array;
  /** Per node: threshold of a split, value of a leaf. */
  readonly values: Float32Array;
  /** Per tree: index of its root. */
  readonly roots: Int32Array;
  /** Per tree: its output group. */
  readonly treeGroups: Int32Array;
  /** Per tree: what it counts; empty when all count 1. */
  readonly treeWeights: Float32Array;
  /** `gblinear`: `w[column * groups + group]` and a bias per group; empty for trees. */
  readonly linear: Float32Array;
}
