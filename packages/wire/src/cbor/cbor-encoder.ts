import { tags } from "./cbor-tag.ts";

const majorTypes = { unsigned: 0, negative: 1, bytes: 2, text: 3, array: 4, map: 5, tag: 6 } as const;
const OPEN_MAP = Uint8Array.of(0xbf);
const CLOSE = Uint8Array.of(0xff);
const TRUE = Uint8Array.of(0xf5);
const FALSE = Uint8Array.of(0xf4);
const MAX_UINT64 = 2n ** 64n - 1n;

/** Collects CBOR data items (RFC 8949). Maps are written with indefinite length, so absent members need no counting. */
export class CborEncoder {
  readonly #parts: Uint8Array[] = [];

  finish(): Uint8Array {
    return Buffer.concat(this.#parts);
  }

  openMap(): void {
    this.#parts.push(OPEN_MAP);
  }

  close(): void {
    this.#parts.push(CLOSE);
  }

  arrayOf(length: number): void {
    this.#head(majorTypes.array, length);
  }

  text(value: string): void {
    const bytes = Buffer.from(value, "utf8");
    this.#head(majorTypes.text, bytes.length);
    this.#parts.push(bytes);
  }

  bytes(value: Uint8Array): void {
    this.#head(majorTypes.bytes, value.length);
    this.#parts.push(value);
  }

  boolean(value: boolean): void {
    this.#parts.push(value ? TRUE : FALSE);
  }

  time(value: Date): void {
    this.#head(majorTypes.tag, tags.epochTime);
    this.number(value.getTime() / 1000);
  }

  float(value: number): void {
    const bytes = Buffer.alloc(9);
    bytes[0] = 0xfb;
    bytes.writeDoubleBE(value, 1);
    this.#parts.push(bytes);
  }

  /** An integer where the value is one, else a float. */
  number(value: number | bigint): void {
    if (typeof value === "number" && !Number.isSafeInteger(value)) {
      this.float(value);
    } else if (value < 0) {
      this.#head(majorTypes.negative, -1n - BigInt(value));
    } else {
      this.#head(majorTypes.unsigned, value);
    }
  }

  #head(major: number, argument: number | bigint): void {
    const type = major << 5;
    if (argument < 24) {
      this.#parts.push(Uint8Array.of(type | Number(argument)));
    } else if (argument < 0x100) {
      this.#parts.push(Uint8Array.of(type | 24, Number(argument)));
    } else if (argument < 0x1_0000) {
      this.#parts.push(Uint8Array.of(type | 25, Number(argument) >> 8, Number(argument) & 0xff));
    } else {
      this.#parts.push(longHead(type, argument));
    }
  }
}

function longHead(type: number, argument: number | bigint): Uint8Array {
  if (argument > MAX_UINT64) {
    throw new RangeError("an integer beyond 64 bits");
  }
  const wide = argument > 0xffff_ffff;
  const head = Buffer.alloc(wide ? 9 : 5);
  head[0] = type | (wide ? 27 : 26);
  if (wide) {
    head.writeBigUInt64BE(BigInt(argument), 1);
  } else {
    head.writeUInt32BE(Number(argument), 1);
  }
  return head;
}
