import type { SparseTable } from "../tables.ts";

/** Rows in LIBSVM form. Indices are kept as they stand: files that count from 1 have an empty column 0. */
export interface LibsvmTable {
  readonly features: SparseTable;
  /** NaN for rows without a label. */
  readonly labels: Float32Array;
  /** Of `label:weight`; absent when no row has one. Rows without one weigh 1. */
  readonly weights?: Float32Array;
  /** Of `qid:`; absent when no row has one. */
  readonly queryIds?: Uint32Array;
}
