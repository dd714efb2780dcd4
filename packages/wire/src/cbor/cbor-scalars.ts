import { cannotConvert } from "../errors/cannot-convert.ts";
import { jsonScalar } from "../json/json-scalars.ts";
import type { ReadTree } from "../json/tree-reader.ts";
import type { ScalarShape } from "../model/shape.ts";
import { dateFromSeconds } from "../scalars/timestamps.ts";
import { CborTag, tags } from "./cbor-tag.ts";

/** Readers of decoded CBOR scalars. CBOR has its own forms for bytes, times and all numbers; the rest is as in JSON. */
export function cborScalar(shape: ScalarShape): ReadTree {
  const asJson = jsonScalar(shape);
  const own: Partial<Record<ScalarShape["type"], ReadTree>> = {
    blob: readBytes,
    timestamp: readTime,
    bigInteger: (value) => (typeof value === "bigint" ? value : asJson(value)),
    integer: integerReader(asJson),
    long: integerReader(asJson),
    float: realReader(asJson),
    double: realReader(asJson),
    number: realReader(asJson),
  };
  return own[shape.type] ?? asJson;
}

function readBytes(value: unknown): Uint8Array {
  if (!(value instanceof Uint8Array)) {
    throw cannotConvert(value, "Blob");
  }
  return value;
}

function readTime(value: unknown): Date {
  const seconds = value instanceof CborTag && value.tag === tags.epochTime ? value.value : value;
  const date = typeof seconds === "number" ? dateFromSeconds(seconds) : undefined;
  if (date === undefined) {
    throw cannotConvert(value, "Timestamp");
  }
  return date;
}

/** Integers beyond 2^53 lose their last digits, as they do in JSON. */
function integerReader(read: ReadTree): ReadTree {
  return (value) => read(typeof value === "bigint" ? Number(value) : value);
}

/** Unlike JSON, CBOR has NaN and the infinities. */
function realReader(read: ReadTree): ReadTree {
  return (value) => {
    if (typeof value === "number") {
      return value;
    }
    if (typeof value === "string") {
      throw cannotConvert(value, "Number");
    }
    return read(typeof value === "bigint" ? Number(value) : value);
  };
}
