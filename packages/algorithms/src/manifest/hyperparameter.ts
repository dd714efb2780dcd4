import type { Interval } from "./interval.ts";

/** One hyperparameter, declared once: validation, tuning ranges, forms and documentation are made from this. */
export interface HyperparameterDeclaration {
  /** As the request names it. */
  readonly name: string;
  readonly description: string;
  readonly kind: HyperparameterKind;
  readonly required?: boolean;
  /** In effect when the request gives none; absent where the library decides from the data. */
  readonly default?: string;
  /** Other names for it. */
  readonly aliases?: readonly string[];
  /** Range that a tuning job should search, all of it allowed; absent when the parameter cannot be tuned. */
  readonly tunable?: TunableRange;
  /** Releases that know it, as `major.minor`; all when absent. */
  readonly since?: string;
  readonly until?: string;
}

export interface TunableRange {
  readonly min: number;
  readonly max: number;
  readonly scale: "Linear" | "Logarithmic";
}

/** How the text is read and what may come out of it. */
export type HyperparameterKind =
  | { readonly type: "Integer"; readonly range: Interval }
  | { readonly type: "Continuous"; readonly range: Interval }
  | { readonly type: "Categorical"; readonly values: readonly string[] }
  | { readonly type: "CommaSeparatedList"; readonly values: readonly string[]; allows?(value: string): boolean }
  | { readonly type: "Tuple"; readonly values: readonly number[] }
  | { readonly type: "NestedList"; readonly range: Interval };
