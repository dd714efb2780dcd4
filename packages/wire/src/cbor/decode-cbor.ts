import { setOwn } from "../model/set-own.ts";
import { CborTag, tags } from "./cbor-tag.ts";

/** CBOR that is malformed, or nests too deep. */
export class CborError extends Error {
  override readonly name = "CborError";
}

const MAX_DEPTH = 128;
const BREAK = Symbol("break");

const majorTypes = { unsigned: 0, negative: 1, bytes: 2, text: 3, array: 4, map: 5, tag: 6, simple: 7 } as const;
const INDEFINITE = 31;

const utf8 = new TextDecoder("utf-8", { fatal: true });

/**
 * Decodes one data item (RFC 8949) that fills the input. Maps become objects, byte strings Uint8Arrays, integers beyond
 * 2^53 bigints, times Dates' sources (CborTag). Lengths are checked against the input before anything is allocated.
 * Throws CborError.
 */
export function decodeCbor(input: Uint8Array): unknown {
  const reader = new Reader(input);
  const value = reader.item(0);
  if (value === BREAK || !reader.atEnd()) {
    throw new CborError("the input is not one data item");
  }
  return value;
}

class Reader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  atEnd(): boolean {
    return this.#at === this.#bytes.length;
  }

  item(depth: number): unknown {
    if (depth > MAX_DEPTH) {
      throw new CborError("the input nests too deep");
    }
    const initial = this.#take(1)[0] ?? 0;
    const major = initial >> 5;
    const info = initial & 31;
    switch (major) {
      case majorTypes.unsigned:
        return this.#argument(info);
      case majorTypes.negative:
        return negative(this.#argument(info));
      case majorTypes.bytes:
        return this.#bytesOf(info, majorTypes.bytes);
      case majorTypes.text:
        return decodeText(this.#bytesOf(info, majorTypes.text));
      case majorTypes.array:
        return this.#array(info, depth);
      case majorTypes.map:
        return this.#map(info, depth);
      case majorTypes.tag:
        return tagged(this.#argument(info), this.item(depth + 1));
      default:
        return this.#simple(info);
    }
  }

  #take(length: number): Uint8Array {
    const end = this.#at + length;
    if (end > this.#bytes.length) {
      throw new CborError("the input ends too early");
    }
    const taken = this.#bytes.subarray(this.#at, end);
    this.#at = end;
    return taken;
  }

  #argument(info: number): number | bigint {
    if (info < 24) {
      return info;
    }
    const size = [1, 2, 4, 8][info - 24];
    if (size === undefined) {
      throw new CborError("a length is reserved");
    }
    const at = this.#at;
    this.#take(size);
    if (size === 8) {
      const value = this.#view.getBigUint64(at);
      return value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : value;
    }
    return size === 1 ? this.#view.getUint8(at) : size === 2 ? this.#view.getUint16(at) : this.#view.getUint32(at);
  }

  /** A count of items or bytes; each takes at least one byte of what is left. */
  #length(info: number): number {
    const length = this.#argument(info);
    if (typeof length === "bigint" || length > this.#bytes.length - this.#at) {
      throw new CborError("a length reaches beyond the input");
    }
    return length;
  }

  #bytesOf(info: number, major: number): Uint8Array {
    if (info !== INDEFINITE) {
      return this.#take(this.#length(info));
    }
    const parts: Uint8Array[] = [];
    for (let initial = this.#take(1)[0]; initial !== 0xff; initial = this.#take(1)[0]) {
      if (initial === undefined || initial >> 5 !== major || (initial & 31) === INDEFINITE) {
        throw new CborError("a string of chunks holds something else");
      }
      parts.push(this.#take(this.#length(initial & 31)));
    }
    return Buffer.concat(parts);
  }

  #array(info: number, depth: number): unknown[] {
    const items: unknown[] = [];
    const length = info === INDEFINITE ? Number.POSITIVE_INFINITY : this.#length(info);
    while (items.length < length) {
      const item = this.item(depth + 1);
      if (item === BREAK) {
        return endOf(items, info);
      }
      items.push(item);
    }
    return items;
  }

  #map(info: number, depth: number): Record<string, unknown> {
    const map: Record<string, unknown> = {};
    const length = info === INDEFINITE ? Number.POSITIVE_INFINITY : this.#length(info);
    for (let i = 0; i < length; i++) {
      const key = this.item(depth + 1);
      if (key === BREAK) {
        return endOf(map, info);
      }
      if (typeof key !== "string") {
        throw new CborError("a key is not text");
      }
      const value = this.item(depth + 1);
      if (value === BREAK) {
        throw new CborError("a key has no value");
      }
      setOwn(map, key, value);
    }
    return map;
  }

  #simple(info: number): unknown {
    const at = this.#at;
    switch (info) {
      case 20:
        return false;
      case 21:
        return true;
      case 22:
      case 23:
        return null;
      case 25:
        this.#take(2);
        return halfFloat(this.#view.getUint16(at));
      case 26:
        this.#take(4);
        return this.#view.getFloat32(at);
      case 27:
        this.#take(8);
        return this.#view.getFloat64(at);
      case INDEFINITE:
        return BREAK;
      default:
        throw new CborError("a simple value is not known");
    }
  }
}

function endOf<T>(collection: T, info: number): T {
  if (info !== INDEFINITE) {
    throw new CborError("a break stands in a collection of known length");
  }
  return collection;
}

function negative(argument: number | bigint): number | bigint {
  return typeof argument === "bigint" ? -1n - argument : -1 - argument;
}

function decodeText(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes);
  } catch {
    throw new CborError("text is not UTF-8");
  }
}

function tagged(tag: number | bigint, value: unknown): unknown {
  if (value === BREAK) {
    throw new CborError("a tag has no value");
  }
  if (tag !== tags.positiveBignum && tag !== tags.negativeBignum) {
    return new CborTag(tag, value);
  }
  if (!(value instanceof Uint8Array)) {
    throw new CborError("a bignum is not bytes");
  }
  const magnitude = BigInt(`0x0${Buffer.from(value).toString("hex")}`);
  return tag === tags.positiveBignum ? magnitude : -1n - magnitude;
}

/** IEEE 754 binary16. */
function halfFloat(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 31) {
    return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  }
  return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
