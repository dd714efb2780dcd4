import { cannotConvert } from "../errors/cannot-convert.ts";
import { serializationException } from "../errors/request-errors.ts";
import type { ScalarShape } from "../model/shape.ts";
import { decodeBase64 } from "../scalars/blobs.ts";
import { dateFromSeconds, parseTimestamp } from "../scalars/timestamps.ts";
import type { ReadTree } from "./tree-reader.ts";

/** Names under which JSON carries the numbers it has no literals for. */
const namedNumbers: Readonly<Record<string, number>> = {
  NaN: Number.NaN,
  Infinity: Number.POSITIVE_INFINITY,
  "-Infinity": Number.NEGATIVE_INFINITY,
};

/** Readers of JSON scalars, strict: a string that holds a number is not a number. */
export function jsonScalar(shape: ScalarShape): ReadTree {
  return readers[shape.type];
}

function readString(value: unknown): string {
  if (typeof value !== "string") {
    throw cannotConvert(value, "String");
  }
  return value;
}

function readBoolean(value: unknown): boolean {
  if (typeof value !== "boolean") {
    throw cannotConvert(value, "Boolean");
  }
  return value;
}

/** Of a `Long`. A number beyond it, such as 1e308, would overflow in the first sum that it enters. */
const largestLong = 2 ** 63;

function integerReader(target: string, largest: number = largestLong): (value: unknown) => number {
  return (value) => {
    if (typeof value !== "number" || !Number.isInteger(value) || Math.abs(value) > largest) {
      throw cannotConvert(value, target);
    }
    return value;
  };
}

function realReader(target: string): (value: unknown) => number {
  return (value) => {
    // 1e400 is valid JSON and reads as Infinity; no AWS number is that large.
    if (typeof value === "number" && Number.isFinite(value)) {
      return value;
    }
    const named = typeof value === "string" ? namedNumbers[value] : undefined;
    if (named === undefined) {
      throw cannotConvert(value, target);
    }
    return named;
  };
}

function readTimestamp(value: unknown): Date {
  const date =
    typeof value === "number" ? dateFromSeconds(value) : typeof value === "string" ? parseTimestamp(value) : undefined;
  if (date === undefined) {
    throw cannotConvert(value, "Timestamp");
  }
  return date;
}

function readBlob(value: unknown): Uint8Array {
  if (typeof value !== "string") {
    throw cannotConvert(value, "Blob");
  }
  const bytes = decodeBase64(value);
  if (bytes === undefined) {
    throw serializationException("Only base-64-encoded strings are convertible to bytes");
  }
  return bytes;
}

const readBigInteger = integerReader("BigInteger", Number.MAX_VALUE);
const readAny: ReadTree = (value) => value;

const readers: Readonly<Record<ScalarShape["type"], ReadTree>> = {
  string: readString,
  boolean: readBoolean,
  integer: integerReader("Integer"),
  long: integerReader("Long"),
  float: realReader("Float"),
  double: realReader("Double"),
  number: realReader("Number"),
  bigInteger: (value) => BigInt(readBigInteger(value)),
  bigDecimal: readAny,
  timestamp: readTimestamp,
  blob: readBlob,
  document: readAny,
};
