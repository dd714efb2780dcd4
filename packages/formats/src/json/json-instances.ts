import { DataFormatError } from "../data-format-error.ts";
import type { DenseTable, SparseTable } from "../tables.ts";

/** Rows of features out of a JSON request. */
export interface JsonInstances {
  readonly features: DenseTable | SparseTable;
  /** `configuration` of the request, as it came. */
  readonly configuration?: unknown;
}

/**
 * Reads SageMaker's common JSON request: `{"instances":[{"features":[…]}]}`, `{"data":{"features":{"values":[…]}}}` per
 * instance, sparse with `keys` and `shape`, or a plain list of numbers. `null` is a missing value. Throws DataFormatError.
 */
export function parseJsonInstances(payload: Uint8Array): JsonInstances {
  const request = parseJson(Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength).toString("utf8"));
  const instances = member(request, "instances") ?? request;
  if (!Array.isArray(instances)) {
    throw new DataFormatError("the request has no list of instances");
  }
  const configuration = member(request, "configuration");
  const features = toTable(isNumberList(instances) ? [instances] : instances);
  return { features, ...(configuration === undefined ? {} : { configuration }) };
}

/** Reads one instance per line, in the forms of {@link parseJsonInstances}. Throws DataFormatError with the line. */
export function parseJsonLines(payload: Uint8Array): JsonInstances {
  const text = Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength).toString("utf8");
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  const instances = lines.map((line, index) => {
    try {
      return parseJson(line);
    } catch (error) {
      throw new DataFormatError("not valid JSON", { row: index + 1 }, { cause: error });
    }
  });
  return { features: toTable(instances) };
}

interface Row {
  readonly values: readonly number[];
  readonly keys?: readonly number[];
  readonly size?: number;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new DataFormatError("not valid JSON", undefined, { cause: error });
  }
}

function toTable(instances: readonly unknown[]): DenseTable | SparseTable {
  const rows = instances.map((instance, index) => readInstance(instance, index + 1));
  return rows.some((row) => row.keys !== undefined) ? sparseTable(rows) : denseTable(rows);
}

function readInstance(instance: unknown, row: number): Row {
  const data = member(instance, "data") ?? instance;
  const features = Array.isArray(data) ? data : (member(data, "features") ?? data);
  if (Array.isArray(features)) {
    return { values: numbers(features, row) };
  }
  const values = numbers(member(features, "values"), row);
  const keys = member(features, "keys");
  if (keys === undefined) {
    return { values };
  }
  const shape = member(features, "shape");
  return { values, keys: numbers(keys, row), ...(Array.isArray(shape) ? { size: Number(shape[0]) } : {}) };
}

function denseTable(rows: readonly Row[]): DenseTable {
  const columns = rows[0]?.values.length ?? 0;
  const values = new Float32Array(rows.length * columns);
  for (const [index, row] of rows.entries()) {
    if (row.values.length !== columns) {
      throw new DataFormatError(`expected ${columns} features, found ${row.values.length}`, { row: index + 1 });
    }
    values.set(row.values, index * columns);
  }
  return { values, rows: rows.length, columns };
}

function sparseTable(rows: readonly Row[]): SparseTable {
  const indptr = new Uint32Array(rows.length + 1);
  let columns = 0;
  for (const [index, { values, keys = [], size = 0 }] of rows.entries()) {
    const valid = keys.every((key) => Number.isInteger(key) && key >= 0 && key < 2 ** 32 - 1);
    if (keys.length !== values.length || !valid) {
      throw new DataFormatError(`${keys.length} keys do not fit ${values.length} values`, { row: index + 1 });
    }
    indptr[index + 1] = (indptr[index] ?? 0) + values.length;
    columns = keys.reduce((max, key) => Math.max(max, key + 1), Math.max(columns, size));
  }
  const indices = Uint32Array.from(rows.flatMap(({ keys = [] }) => keys));
  return {
    indptr,
    indices,
    values: Float32Array.from(rows.flatMap(({ values }) => values)),
    rows: rows.length,
    columns,
  };
}

function numbers(value: unknown, row: number): number[] {
  if (!Array.isArray(value)) {
    throw new DataFormatError("an instance has no features", { row });
  }
  return value.map((item: unknown, index) => {
    if (item === null) {
      return Number.NaN;
    }
    if (typeof item !== "number") {
      throw new DataFormatError("a feature is not a number", { row, column: index + 1 });
    }
    return item;
  });
}

function isNumberList(value: readonly unknown[]): boolean {
  return value.length > 0 && value.every((item) => typeof item === "number" || item === null);
}

function member(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null && !Array.isArray(value) && Object.hasOwn(value, name)
    ? Object.entries(value).find(([key]) => key === name)?.[1]
    : undefined;
}
