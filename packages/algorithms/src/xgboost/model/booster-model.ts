/** A model as its artifact says, whatever form that has. Numbers are the library's own: float32 where it has float32. */
export interface BoosterModel {
  /** `reg:squarederror` … */
  readonly objective: string;
  /** The objective's own parameters, as in the library's JSON: `{ reg_loss_param: { … } }`. */
  readonly objectiveParameters: ObjectiveParameters;
  /** Text that Python stores with a model: `best_iteration`, `best_score` … */
  readonly attributes: Readonly<Record<string, string>>;
  readonly features: number;
  /** 0 unless the objective is multi-class. */
  readonly classes: number;
  readonly targets: number;
  /** Prediction before the first tree, as the user gives it (a probability for logistic objectives): one, or one per group. */
  readonly baseScores: readonly number[];
  readonly booster: TreeBooster | LinearBooster;
}

/** Groups of parameters; the library writes every value as text. */
export type ObjectiveParameters = Readonly<Record<string, Readonly<Record<string, string>>>>;

export interface TreeBooster {
  readonly kind: "trees";
  readonly trees: readonly Tree[];
  /** Output group (class) of each tree. */
  readonly groups: Int32Array;
  readonly parallelTrees: number;
  /** DART: what each tree counts. */
  readonly weights?: Float32Array;
}

/** `w[column * groups + group]`, then one bias per group. */
export interface LinearBooster {
  readonly kind: "linear";
  readonly weights: Float32Array;
  readonly rounds: number;
}

/** Nodes of a tree as parallel arrays; node 0 is the root. */
export interface Tree {
  /** -1 in leaves. */
  readonly left: Int32Array;
  readonly right: Int32Array;
  /** 2147483647 at the root. */
  readonly parents: Int32Array;
  readonly splitColumns: Int32Array;
  /** Threshold of a split (`x < value` goes left), value of a leaf. */
  readonly values: Float32Array;
  /** 1 where a missing value goes left. */
  readonly defaultLeft: Uint8Array;
  readonly lossChanges: Float32Array;
  readonly hessianSums: Float32Array;
  readonly baseWeights: Float32Array;
  /** Nodes that pruning took out of use; they stay in the arrays. */
  readonly deletedNodes: number;
  /** Whether any split is on categories. */
  readonly categorical: boolean;
}

/** Parent of a root. */
export const NO_PARENT = 2147483647;

/** The artifact is not a model, or one that cannot be. */
export class ModelFormatError extends Error {
  override readonly name = "ModelFormatError";
}

/** How many values the model gives per row before any choice among them. */
export function outputGroups({ classes, targets }: Pick<BoosterModel, "classes" | "targets">): number {
  return Math.max(1, classes, targets);
}

/** Rounds to predict with: up to the best one where early stopping found one, else all (0). */
export function bestRounds({ attributes }: Pick<BoosterModel, "attributes">): number {
  const best = attributes["best_iteration"];
  return best !== undefined && /^\d+$/.test(best) ? Number(best) + 1 : 0;
}
