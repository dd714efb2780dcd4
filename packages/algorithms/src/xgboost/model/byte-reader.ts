import { ModelFormatError } from "./booster-model.ts";

/** Reads little-endian numbers and counted lists; running past the end is a ModelFormatError. */
export class ByteReader {
  position = 0;
  readonly #bytes: Buffer;

  constructor(bytes: Uint8Array) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get remaining(): number {
    return this.#bytes.length - this.position;
  }

  skip(bytes: number): void {
    this.#take(bytes);
  }

  int32(): number {
    return this.#bytes.readInt32LE(this.#take(4));
  }

  uint32(): number {
    return this.#bytes.readUInt32LE(this.#take(4));
  }

  float32(): number {
    return this.#bytes.readFloatLE(this.#take(4));
  }

  uint64(): number {
    const value = this.#bytes.readBigUInt64LE(this.#take(8));
    if (value > BigInt(Number.MAX_SAFE_INTEGER)) {
      throw new ModelFormatError("the model file declares an impossible length");
    }
    return Number(value);
  }

  /** A count of items that take at least `itemBytes` each; larger than the file is an error, before memory is taken. */
  listLength(itemBytes: number): number {
    const length = this.uint64();
    if (length * itemBytes > this.remaining) {
      throw new ModelFormatError("the model file is cut off");
    }
    return length;
  }

  /** A text with its length before it; undefined when it claims to be longer than `limit`. */
  text(limit: number = this.#bytes.length): string | undefined {
    const claimed = this.#bytes.readBigUInt64LE(this.#take(8));
    if (claimed > BigInt(limit)) {
      return undefined;
    }
    const length = Number(claimed);
    const start = this.#take(length);
    return this.#bytes.toString("utf8", start, start + length);
  }

  float32List(): Float32Array {
    return Float32Array.from({ length: this.listLength(4) }, () => this.float32());
  }

  int32Array(length: number): Int32Array {
    if (length * 4 > this.remaining) {
      throw new ModelFormatError("the model file is cut off");
    }
    return Int32Array.from({ length }, () => this.int32());
  }

  #take(bytes: number): number {
    const start = this.position;
    if (start + bytes > this.#bytes.length) {
      throw new ModelFormatError("the model file is cut off");
    }
    this.position = start + bytes;
    return start;
  }
}
