import type { DenseTable, SparseTable } from "@clary/formats";
import type { FlatModel } from "./flat-model.ts";
import { transformMargins } from "./objective.ts";

/** Predicts rows of features; `values` has `width` per row. */
export interface RowPredictor {
  predict(features: DenseTable | SparseTable): { readonly values: Float32Array; readonly width: number };
}

/** Rows that pass a tree together, so that the tree's nodes stay in the cache. */
const BLOCK_ROWS = 64;

/**
 * Predicts with flat arrays. Sums are float32, tree after tree, as the library's are, so that most results are equal to
 * the last bit. The model must have passed its checks: the walks do none.
 */
export class FlatPredictor implements RowPredictor {
  readonly #model: FlatModel;

  constructor(model: FlatModel) {
    this.#model = model;
  }

  predict(features: DenseTable | SparseTable): { values: Float32Array; width: number } {
    const { groups, transformation } = this.#model;
    const margins = "indptr" in features ? this.#sparseMargins(features) : this.#denseMargins(this.#widen(features));
    const values = transformMargins(margins, groups, transformation);
    return { values, width: transformation === "argmax" ? 1 : groups };
  }

  /** Rows with fewer columns than the model has miss the last ones. */
  #widen(table: DenseTable): DenseTable {
    const { features } = this.#model;
    if (table.columns >= features) {
      return table;
    }
    const values = new Float32Array(table.rows * features).fill(Number.NaN);
    for (let row = 0; row < table.rows; row++) {
      values.set(table.values.subarray(row * table.columns, (row + 1) * table.columns), row * features);
    }
    return { values, rows: table.rows, columns: features };
  }

  #denseMargins(table: DenseTable): Float32Array {
    const { groups } = this.#model;
    const margins = this.#startingMargins(table.rows);
    for (let first = 0; first < table.rows; first += BLOCK_ROWS) {
      const last = Math.min(table.rows, first + BLOCK_ROWS);
      this.#addTrees(table, margins, first, last);
      for (let row = first; row < last && this.#model.linear.length > 0; row++) {
        this.#addLinear(table.values, row * table.columns, margins.subarray(row * groups, (row + 1) * groups));
      }
    }
    return margins;
  }

  #sparseMargins(table: SparseTable): Float32Array {
    const { groups, features } = this.#model;
    const margins = new Float32Array(table.rows * groups);
    const values = new Float32Array(features);
    for (let row = 0; row < table.rows; row++) {
      values.fill(Number.NaN);
      for (let entry = table.indptr[row] ?? 0; entry < (table.indptr[row + 1] ?? 0); entry++) {
        // Writes past the end of a typed array are dropped: a column that the model does not know.
        values[table.indices[entry] ?? 0] = table.values[entry] ?? Number.NaN;
      }
      margins.set(this.#denseMargins({ values, rows: 1, columns: features }), row * groups);
    }
    return margins;
  }

  #startingMargins(rows: number): Float32Array {
    const { groups, baseMargins } = this.#model;
    const margins = new Float32Array(rows * groups);
    for (let index = 0; index < margins.length; index++) {
      margins[index] = baseMargins[index % groups] ?? 0;
    }
    return margins;
  }

  #addTrees(table: DenseTable, margins: Float32Array, first: number, last: number): void {
    const { groups, roots, treeGroups, treeWeights, values } = this.#model;
    const weighted = treeWeights.length > 0;
    for (let tree = 0; tree < roots.length; tree++) {
      const root = roots[tree] ?? 0;
      const group = treeGroups[tree] ?? 0;
      const weight = weighted ? (treeWeights[tree] ?? 1) : 1;
      for (let row = first; row < last; row++) {
        const leaf = values[walk(this.#model, root, table.values, row * table.columns)] ?? 0;
        const at = row * groups + group;
        margins[at] = (margins[at] ?? 0) + (weighted ? Math.fround(weight * leaf) : leaf);
      }
    }
  }

  #addLinear(values: Float32Array, start: number, margins: Float32Array): void {
    const { groups, features, linear } = this.#model;
    for (let group = 0; group < groups; group++) {
      let sum = Math.fround((margins[group] ?? 0) + (linear[features * groups + group] ?? 0));
      for (let column = 0; column < features; column++) {
        const value = values[start + column] ?? Number.NaN;
        if (!Number.isNaN(value)) {
          sum = Math.fround(sum + Math.fround(value * (linear[column * groups + group] ?? 0)));
        }
      }
      margins[group] = sum;
    }
  }
}

/** Index of the leaf that a row reaches. */
function walk({ splits, children, values }: FlatModel, root: number, row: Float32Array, start: number): number {
  let node = root;
  let split = splits[node] ?? -1;
  while (split >= 0) {
    const value = row[start + (split >> 1)] ?? 0;
    const child = children[node] ?? 0;
    // Only NaN is unequal to itself.
    if (value !== value) {
      node = child + 1 - (split & 1);
    } else {
      node = value < (values[node] ?? 0) ? child : child + 1;
    }
    split = splits[node] ?? -1;
  }
  return node;
}
