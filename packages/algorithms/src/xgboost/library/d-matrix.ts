import type { SparseTable } from "@clary/formats";
import { arrayInterface } from "./array-interface.ts";
import type { NativeHandle, NativeLibrary } from "./native-library.ts";

/** Rows of as many values each, one after the other. */
export interface DenseValues {
  readonly values: Float32Array | Uint8Array;
  readonly rows: number;
  readonly columns: number;
}

/** XGBoost's data matrix. The library copies what it is given. Must be freed. */
export class DMatrix {
  readonly handle: NativeHandle;
  readonly rows: number;
  readonly columns: number;
  readonly #library: NativeLibrary;

  private constructor(library: NativeLibrary, handle: NativeHandle) {
    this.#library = library;
    this.handle = handle;
    this.rows = this.#read("XGDMatrixNumRow");
    this.columns = this.#read("XGDMatrixNumCol");
  }

  /** NaN is missing. Throws XgboostError, for one when a value is infinite. */
  static fromDense(library: NativeLibrary, table: DenseValues, threads: number): DMatrix {
    const out: NativeHandle[] = [0];
    const data = arrayInterface(table.values, [table.rows, table.columns]);
    library.call("XGDMatrixCreateFromDense", data, matrixConfig(threads), out);
    return new DMatrix(library, out[0] ?? 0);
  }

  /** What is not stored is missing, not zero. */
  static fromSparse(library: NativeLibrary, table: SparseTable, threads: number): DMatrix {
    const out: NativeHandle[] = [0];
    const indptr = arrayInterface(table.indptr, [table.indptr.length]);
    const indices = arrayInterface(table.indices, [table.indices.length]);
    const values = arrayInterface(table.values, [table.values.length]);
    library.call("XGDMatrixCreateFromCSR", indptr, indices, values, table.columns, matrixConfig(threads), out);
    return new DMatrix(library, out[0] ?? 0);
  }

  setLabels(labels: Float32Array): void {
    this.#setInfo("label", labels);
  }

  setWeights(weights: Float32Array): void {
    this.#setInfo("weight", weights);
  }

  /** Query of each row, for ranking; rows of one query stand together. */
  setQueryIds(queryIds: Uint32Array): void {
    this.#library.call(
      "XGDMatrixSetInfoFromInterface",
      this.handle,
      "qid",
      arrayInterface(queryIds, [queryIds.length]),
    );
  }

  /** A matrix of the given rows, in that order. */
  slice(rows: Int32Array): DMatrix {
    const out: NativeHandle[] = [0];
    this.#library.call("XGDMatrixSliceDMatrixEx", this.handle, rows, rows.length, out, 0);
    return new DMatrix(this.#library, out[0] ?? 0);
  }

  free(): void {
    this.#library.call("XGDMatrixFree", this.handle);
  }

  #setInfo(field: string, values: Float32Array): void {
    this.#library.call("XGDMatrixSetInfoFromInterface", this.handle, field, arrayInterface(values, [values.length]));
  }

  #read(name: "XGDMatrixNumRow" | "XGDMatrixNumCol"): number {
    const out: NativeHandle[] = [0];
    this.#library.call(name, this.handle, out);
    return Number(out[0]);
  }
}

// `NaN` is not JSON, but it is what the library's own reader takes.
function matrixConfig(threads: number): string {
  return `{"missing":NaN,"nthread":${threads}}`;
}
