/** Rows of numbers, row after row; NaN is a missing value. */
export interface DenseTable {
  /** `rows * columns` values. */
  readonly values: Float32Array;
  readonly rows: number;
  readonly columns: number;
}

/** Rows of which only some values are present: compressed sparse rows. */
export interface SparseTable {
  /** Row `r` owns entries `indptr[r]` to `indptr[r + 1]`; `rows + 1` numbers. */
  readonly indptr: Uint32Array;
  /** Column of each entry, from 0. */
  readonly indices: Uint32Array;
  readonly values: Float32Array;
  readonly rows: number;
  /** One more than the largest index, or what the format declares. */
  readonly columns: number;
}
