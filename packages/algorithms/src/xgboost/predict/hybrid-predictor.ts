import type { DenseTable, SparseTable } from "@clary/formats";
import type { FlatModel } from "./flat-model.ts";
import { FlatPredictor, type RowPredictor } from "./flat-predictor.ts";
import type { LibraryPredictor } from "./library-predictor.ts";

/** From so many rows on the library is faster: its call costs about as much as nine rows of a hundred trees. */
const LIBRARY_ROWS = 16;
const SAMPLE_ROWS = 64;
/** Relative difference that float32 sums and another `exp` may leave. */
const TOLERANCE = 1e-6;

/** Flat arrays for small requests, the library for large ones, when both agree on sample rows; else the library alone. */
export class HybridPredictor implements RowPredictor {
  /** The flat model; undefined when it must not be used. */
  readonly flat: FlatModel | undefined;
  readonly #small: RowPredictor;
  readonly #library: LibraryPredictor;

  constructor(library: LibraryPredictor, flat: FlatModel | undefined, log: (line: string) => void) {
    this.#library = library;
    const predictor = flat === undefined ? undefined : new FlatPredictor(flat);
    const agrees = flat !== undefined && predictor !== undefined && agree(library, predictor, sampleRows(flat));
    if (flat !== undefined && !agrees) {
      log("The flat predictor does not agree with libxgboost on this model; libxgboost answers all requests.");
    }
    this.flat = agrees ? flat : undefined;
    this.#small = agrees && predictor !== undefined ? predictor : library;
  }

  predict(features: DenseTable | SparseTable): { readonly values: Float32Array; readonly width: number } {
    return features.rows < LIBRARY_ROWS ? this.#small.predict(features) : this.#library.predict(features);
  }

  close(): void {
    this.#library.close();
  }
}

function agree(library: RowPredictor, flat: RowPredictor, rows: DenseTable): boolean {
  const expected = library.predict(rows);
  const found = flat.predict(rows);
  return (
    expected.width === found.width &&
    expected.values.length === found.values.length &&
    expected.values.every((value, index) => close(value, found.values[index] ?? Number.NaN))
  );
}

function close(a: number, b: number): boolean {
  return Object.is(a, b) || Math.abs(a - b) <= TOLERANCE * (1 + Math.abs(a));
}

/** Rows around the model's own thresholds, so that they reach many leaves, and with missing values among them. */
function sampleRows({ features, splits, values }: FlatModel): DenseTable {
  const table = new Float32Array(SAMPLE_ROWS * features).fill(Number.NaN);
  let row = 0;
  for (let node = 0; node < splits.length; node++) {
    const split = splits[node] ?? -1;
    if (split >= 0) {
      const threshold = values[node] ?? 0;
      // On the threshold, just below it, just above it: the comparison must fall alike.
      table[row * features + (split >> 1)] = threshold * (1 + ((node % 3) - 1) * 2 ** -20);
      row = (row + 1) % SAMPLE_ROWS;
    }
  }
  return { values: table, rows: SAMPLE_ROWS, columns: features };
}
