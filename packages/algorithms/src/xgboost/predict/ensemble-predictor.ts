import type { DenseTable, SparseTable } from "@clary/formats";
import type { RowPredictor } from "./flat-predictor.ts";

/** Several models as one: the mean of their predictions, or the most frequent one where predictions are classes. */
export class EnsemblePredictor implements RowPredictor {
  readonly #members: readonly { readonly predictor: RowPredictor }[];
  readonly #votes: boolean;

  constructor(members: readonly { readonly predictor: RowPredictor }[], objective: string) {
    this.#members = members;
    this.#votes = objective === "multi:softmax" || objective === "binary:hinge";
  }

  predict(features: DenseTable | SparseTable): { readonly values: Float32Array; readonly width: number } {
    const answers = this.#members.map(({ predictor }) => predictor.predict(features));
    const [first] = answers;
    const combine = this.#votes ? mostFrequent : mean;
    const values = Float32Array.from({ length: first?.values.length ?? 0 }, (_, index) =>
      combine(answers.map((answer) => answer.values[index] ?? Number.NaN)),
    );
    return { values, width: first?.width ?? 1 };
  }
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** The smallest of the most frequent values, as SciPy's `mode`. */
function mostFrequent(values: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const value of values.toSorted((a, b) => a - b)) {
    counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return [...counts].reduce((best, entry) => (entry[1] > best[1] ? entry : best), [Number.NaN, 0])[0];
}
