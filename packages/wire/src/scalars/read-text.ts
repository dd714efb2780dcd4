import type { ScalarShape } from "../model/shape.ts";
import { decodeBase64 } from "./blobs.ts";
import { parseTimestamp } from "./timestamps.ts";

/** A scalar out of a header, a query parameter, a path or an XML element; undefined when the text is none. */
export type ReadText = (text: string) => unknown;

const INTEGER = /^[+-]?\d{1,19}$/;
const DECIMAL = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,4})?$/;
const MAX_BIG_DIGITS = 400;

const booleans: Readonly<Record<string, boolean>> = { true: true, false: false };

/** The reader of a scalar's text form, which is the same in every protocol. */
export function textReader(shape: ScalarShape): ReadText {
  return readers[shape.type];
}

function readInteger(text: string): number | undefined {
  const trimmed = text.trim();
  return INTEGER.test(trimmed) ? Number(trimmed) : undefined;
}

function readNumber(text: string): number | undefined {
  const trimmed = text.trim();
  if (trimmed === "NaN" || trimmed === "Infinity" || trimmed === "-Infinity") {
    return Number(trimmed);
  }
  const value = DECIMAL.test(trimmed) ? Number(trimmed) : Number.NaN;
  return Number.isFinite(value) ? value : undefined;
}

function readBigInteger(text: string): bigint | undefined {
  return /^[+-]?\d+$/.test(text) && text.length <= MAX_BIG_DIGITS ? BigInt(text) : undefined;
}

function readDocument(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function readBigDecimal(text: string): string | undefined {
  return DECIMAL.test(text) && text.length <= MAX_BIG_DIGITS ? text : undefined;
}

const readers: Readonly<Record<ScalarShape["type"], ReadText>> = {
  string: (text) => text,
  boolean: (text) => booleans[text.trim().toLowerCase()],
  integer: readInteger,
  long: readInteger,
  float: readNumber,
  double: readNumber,
  number: readNumber,
  timestamp: parseTimestamp,
  blob: decodeBase64,
  bigInteger: readBigInteger,
  bigDecimal: readBigDecimal,
  document: readDocument,
};
