import type { DenseTable, SparseTable } from "@clary/formats";
import { concatTables, type TrainingData } from "./training-data.ts";

/** The rows of both, in that order. Throws UserError when one has other columns. */
export function concatData(first: TrainingData, second: TrainingData): TrainingData {
  const weighted = first.weights !== undefined || second.weights !== undefined;
  return {
    features: concatFeatures(first.features, second.features),
    labels: concatFloats(first.labels, second.labels),
    ...(weighted ? { weights: concatFloats(weightsOf(first), weightsOf(second)) } : {}),
  };
}

function concatFeatures(first: DenseTable | SparseTable, second: DenseTable | SparseTable): DenseTable | SparseTable {
  return "indptr" in first && "indptr" in second ? concatSparse(first, second) : concatTables([first, second]);
}

function concatSparse(first: SparseTable, second: SparseTable): SparseTable {
  const entries = first.values.length;
  return {
    indptr: concatIntegers(
      first.indptr,
      second.indptr.subarray(1).map((end) => end + entries),
    ),
    indices: concatIntegers(first.indices, second.indices),
    values: concatFloats(first.values, second.values),
    rows: first.rows + second.rows,
    columns: Math.max(first.columns, second.columns),
  };
}

function weightsOf({ weights, labels }: TrainingData): Float32Array {
  return weights ?? new Float32Array(labels.length).fill(1);
}

function concatIntegers(first: Uint32Array, second: Uint32Array): Uint32Array {
  const joined = new Uint32Array(first.length + second.length);
  joined.set(first);
  joined.set(second, first.length);
  return joined;
}

function concatFloats(first: Float32Array, second: Float32Array): Float32Array {
  const joined = new Float32Array(first.length + second.length);
  joined.set(first);
  joined.set(second, first.length);
  return joined;
}
