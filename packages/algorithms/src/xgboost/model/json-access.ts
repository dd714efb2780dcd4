import { ModelFormatError } from "./booster-model.ts";

/** A parsed JSON or UBJSON object. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Arrays as JSON and UBJSON readers give them. */
export type NumberArray =
  | readonly number[]
  | Float32Array
  | Float64Array
  | Int32Array
  | Uint8Array
  | Int8Array
  | Int16Array;

export function objectAt(parent: JsonObject, name: string): JsonObject {
  const value = parent[name];
  if (typeof value !== "object" || value === null || Array.isArray(value) || ArrayBuffer.isView(value)) {
    throw new ModelFormatError(`'${name}' is not an object`);
  }
  return Object.fromEntries(Object.entries(value));
}

export function textAt(parent: JsonObject, name: string): string {
  const value = parent[name];
  if (typeof value !== "string") {
    throw new ModelFormatError(`'${name}' is not a string`);
  }
  return value;
}

/** Numbers that the library writes as a string: `"5E-1"`, or since 3.1 `"[5E-1]"` and `"[5E-1,2E-1]"`. */
export function numberListAt(parent: JsonObject, name: string): number[] {
  const items = String(parent[name])
    .replace(/^\[(.*)\]$/, "$1")
    .split(",");
  return items.map((item) => numberAt({ [name]: item }, name));
}

/** A number that the library writes as a string. */
function numberAt(parent: JsonObject, name: string, otherwise?: number): number {
  const value = parent[name];
  if (value === undefined && otherwise !== undefined) {
    return otherwise;
  }
  const number = typeof value === "number" ? value : Number(value);
  if (value === undefined || value === "" || Number.isNaN(number)) {
    throw new ModelFormatError(`'${name}' is not a number`);
  }
  return number;
}

export function integerAt(parent: JsonObject, name: string, otherwise?: number): number {
  const value = numberAt(parent, name, otherwise);
  if (!Number.isSafeInteger(value) || value < 0) {
    throw new ModelFormatError(`'${name}' is not a whole number`);
  }
  return value;
}

export function arrayAt(parent: JsonObject, name: string): readonly unknown[] {
  const value = parent[name];
  if (!Array.isArray(value)) {
    throw new ModelFormatError(`'${name}' is not a list`);
  }
  return value;
}

/** Numbers (or booleans, as 0 and 1) of a list. */
export function numbersAt(parent: JsonObject, name: string): NumberArray {
  const value = parent[name];
  if (
    value instanceof Float32Array ||
    value instanceof Float64Array ||
    value instanceof Int32Array ||
    value instanceof Uint8Array ||
    value instanceof Int8Array ||
    value instanceof Int16Array
  ) {
    return value;
  }
  if (!Array.isArray(value)) {
    throw new ModelFormatError(`'${name}' is not a list of numbers`);
  }
  return value.map((item: unknown) => {
    if (typeof item !== "number" && typeof item !== "boolean") {
      throw new ModelFormatError(`'${name}' holds something that is not a number`);
    }
    return Number(item);
  });
}

export function asObject(value: unknown, what: string): JsonObject {
  return objectAt({ [what]: value }, what);
}
