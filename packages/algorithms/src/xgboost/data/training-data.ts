import type { DenseTable, SparseTable } from "@clary/formats";
import { UserError } from "../../failures.ts";
import { DMatrix, type DenseValues } from "../library/d-matrix.ts";
import type { NativeLibrary } from "../library/native-library.ts";

/** A channel's rows, ready for the library. */
export interface TrainingData {
  readonly features: DenseTable | SparseTable;
  readonly labels: Float32Array;
  readonly weights?: Float32Array;
  readonly queryIds?: Uint32Array;
}

/** The same in any form that the library takes. */
export interface LibraryData extends Omit<TrainingData, "features"> {
  readonly features: DenseValues | SparseTable;
}

/** Copies the data into the library's form. */
export function toDMatrix(library: NativeLibrary, data: LibraryData, threads: number): DMatrix {
  const { features } = data;
  const matrix =
    "indptr" in features
      ? DMatrix.fromSparse(library, features, threads)
      : DMatrix.fromDense(library, features, threads);
  matrix.setLabels(data.labels);
  if (data.weights !== undefined) {
    matrix.setWeights(data.weights);
  }
  if (data.queryIds !== undefined) {
    matrix.setQueryIds(data.queryIds);
  }
  return matrix;
}

/**
 * Splits rows whose first column is the label, and whose second is the weight when `weighted`. The features are moved
 * together inside the table's own memory: the table must not be used afterwards. Throws UserError.
 */
export function splitLabels(table: DenseTable, weighted: boolean): TrainingData {
  const { values, rows, columns } = table;
  const leading = weighted ? 2 : 1;
  if (columns <= leading) {
    throw new UserError(
      `Rows need a label${weighted ? ", a weight" : ""} and a feature; they have ${columns} column(s)`,
    );
  }
  const labels = new Float32Array(rows);
  const weights = new Float32Array(weighted ? rows : 0);
  const features = columns - leading;
  for (let row = 0; row < rows; row++) {
    const start = row * columns;
    labels[row] = values[start] ?? Number.NaN;
    if (weighted) {
      weights[row] = values[start + 1] ?? Number.NaN;
    }
    values.copyWithin(row * features, start + leading, start + columns);
  }
  return {
    features: { values: values.subarray(0, rows * features), rows, columns: features },
    labels,
    ...(weighted ? { weights } : {}),
  };
}

/** The rows of all tables. Throws UserError when their columns differ. */
export function concatTables(tables: readonly DenseTable[]): DenseTable {
  const [first] = tables;
  const columns = first?.columns ?? 0;
  const other = tables.find((table) => table.columns !== columns);
  if (other !== undefined) {
    throw new UserError(`The channel's files have ${columns} and ${other.columns} columns.`);
  }
  if (first !== undefined && tables.length === 1) {
    return first;
  }
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  const values = new Float32Array(rows * columns);
  let length = 0;
  for (const table of tables) {
    values.set(table.values, length);
    length += table.values.length;
  }
  return { values, rows, columns };
}

/** Values that are present. */
export function countEntries({ features }: TrainingData): number {
  if ("indptr" in features) {
    return features.values.length;
  }
  return features.values.reduce((count, value) => (Number.isNaN(value) ? count : count + 1), 0);
}
