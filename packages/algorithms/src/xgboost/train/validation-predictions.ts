import type { Predictions } from "../library/booster.ts";
import { writeFileAtomically } from "../model/write-artifact.ts";

/** Predictions of each row while it was held out, over all rounds of a cross validation. */
export class ValidationPredictions {
  readonly #labels: Float32Array;
  readonly #classification: boolean;
  /** Per row: the prediction of each round; for classes their labels, and the probability beside each. */
  readonly #predicted: number[][];
  readonly #probabilities: number[][];

  constructor(labels: Float32Array, classification: boolean) {
    this.#labels = labels;
    this.#classification = classification;
    this.#predicted = Array.from(labels, () => []);
    this.#probabilities = Array.from(labels, () => []);
  }

  record(rows: Int32Array, { values, width }: Predictions): void {
    for (const [index, row] of rows.entries()) {
      const scores = values.subarray(index * width, (index + 1) * width);
      const first = scores[0] ?? Number.NaN;
      const best = scores.indexOf(Math.max(...scores));
      const label = width > 1 ? best : first > 0.5 ? 1 : 0;
      this.#predicted[row]?.push(this.#classification ? label : first);
      this.#probabilities[row]?.push(width > 1 ? (scores[best] ?? Number.NaN) : first);
    }
  }

  /** Writes a row each: label and mean prediction, or label, mean probability and most frequent class; `%f` each. */
  async save(path: string): Promise<void> {
    const lines = Array.from(this.#labels, (label, row) => {
      const predicted = this.#predicted[row] ?? [];
      const columns = this.#classification
        ? [label, mean(this.#probabilities[row] ?? []), mostFrequent(predicted)]
        : [label, mean(predicted)];
      return `${columns.map((value) => value.toFixed(6)).join(",")}\n`;
    });
    await writeFileAtomically(path, Buffer.from(lines.join(""), "utf8"));
  }
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function mostFrequent(values: readonly number[]): number {
  const count = (wanted: number): number => values.filter((value) => value === wanted).length;
  const sorted = values.toSorted((a, b) => a - b);
  return sorted.reduce((best, value) => (count(value) > count(best) ? value : best), sorted[0] ?? Number.NaN);
}
