import { FloatList } from "../bytes/float-list.ts";
import { UintList } from "../bytes/uint-list.ts";
import { DataFormatError } from "../data-format-error.ts";
import type { DenseTable, SparseTable } from "../tables.ts";
import { readRecord } from "./read-record.ts";
import type { DataRecord, RecordBytes, RecordTensor } from "./record.ts";

/** Records as a table of their `values` features, and their labels. */
export interface RecordTable {
  readonly features: DenseTable | SparseTable;
  /** NaN for records without a label. */
  readonly labels: Float32Array;
}

const VALUES_KEY = "values";

/** Collects records, all dense or all sparse, into a table. Throws DataFormatError naming the record. */
export class RecordTableBuilder {
  readonly #values = new FloatList();
  readonly #labels = new FloatList();
  readonly #indptr = new UintList();
  readonly #indices = new UintList();
  #sparse: boolean | undefined;
  #columns = 0;

  add(payload: Uint8Array): void {
    const row = this.#labels.length + 1;
    try {
      this.#addRecord(readRecord(payload));
    } catch (error) {
      throw error instanceof DataFormatError ? new DataFormatError(error.message, { row }) : error;
    }
  }

  finish(): RecordTable {
    const labels = this.#labels.toArray();
    const shape = { values: this.#values.toArray(), rows: labels.length, columns: this.#columns };
    if (this.#sparse !== true) {
      return { features: shape, labels };
    }
    this.#indptr.push(this.#values.length);
    return { features: { ...shape, indptr: this.#indptr.toArray(), indices: this.#indices.toArray() }, labels };
  }

  #addRecord(record: DataRecord): void {
    const tensor = tensorOf(record.features.get(VALUES_KEY));
    if (tensor === undefined) {
      throw new DataFormatError(`a record has no features '${VALUES_KEY}'`);
    }
    this.#sparse ??= tensor.keys !== undefined;
    if (this.#sparse) {
      this.#addSparse(tensor);
    } else {
      this.#addDense(tensor);
    }
    this.#labels.push(tensorOf(record.label.get(VALUES_KEY))?.values[0] ?? Number.NaN);
  }

  #addDense({ values, keys }: RecordTensor): void {
    if (keys !== undefined) {
      throw new DataFormatError("dense and sparse records are mixed");
    }
    if (this.#labels.length === 0) {
      this.#columns = values.length;
    }
    if (values.length !== this.#columns) {
      throw new DataFormatError(`expected ${this.#columns} features, found ${values.length}`);
    }
    this.#values.reserve(values.length);
    this.#values.values.set(values, this.#values.length);
    this.#values.length += values.length;
  }

  #addSparse({ values, keys = new Float64Array(0), shape }: RecordTensor): void {
    if (keys.length !== values.length) {
      throw new DataFormatError(`a sparse record has ${keys.length} keys for ${values.length} values`);
    }
    this.#indptr.push(this.#values.length);
    for (const [index, key] of keys.entries()) {
      if (key >= 2 ** 32 - 1) {
        throw new DataFormatError("a sparse record's key is too large");
      }
      this.#indices.push(key);
      this.#values.push(values[index] ?? Number.NaN);
      this.#columns = Math.max(this.#columns, key + 1);
    }
    this.#columns = Math.max(this.#columns, shape?.at(-1) ?? 0);
  }
}

function tensorOf(value: RecordTensor | RecordBytes | undefined): RecordTensor | undefined {
  return value === undefined || value.kind === "bytes" ? undefined : value;
}
