import { DataFormatError } from "../data-format-error.ts";

/** Wire types of protocol buffers that occur in records. */
const VARINT = 0;
const FIXED64 = 1;
export const LENGTH_DELIMITED = 2;
const FIXED32 = 5;

/** A field's number and wire type. */
export interface FieldTag {
  readonly field: number;
  readonly wireType: number;
}

/** Reads the protocol-buffers wire format. Running past the end is a DataFormatError. */
export class ProtobufReader {
  #position = 0;
  readonly #bytes: Uint8Array;
  readonly #view: DataView;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get done(): boolean {
    return this.#position >= this.#bytes.length;
  }

  tag(): FieldTag {
    const key = this.varint();
    return { field: Math.floor(key / 8), wireType: key % 8 };
  }

  /** Exact up to 2^53. */
  varint(): number {
    let value = 0;
    let scale = 1;
    for (let count = 0; count < 10; count++) {
      const byte = this.#view.getUint8(this.#take(1));
      value += (byte & 0x7f) * scale;
      scale *= 128;
      if (byte < 0x80) {
        return value;
      }
    }
    throw new DataFormatError("a record holds a number that is too long");
  }

  /** A signed 32-bit number; negative ones are ten bytes long, of which the low 32 bits count. */
  int32(): number {
    let value = 0;
    for (let shift = 0; shift < 70; shift += 7) {
      const byte = this.#view.getUint8(this.#take(1));
      value |= shift < 32 ? (byte & 0x7f) << shift : 0;
      if (byte < 0x80) {
        return value;
      }
    }
    throw new DataFormatError("a record holds a number that is too long");
  }

  float32(): number {
    return this.#view.getFloat32(this.#take(4), true);
  }

  float64(): number {
    return this.#view.getFloat64(this.#take(8), true);
  }

  bytes(): Uint8Array {
    const length = this.varint();
    const start = this.#take(length);
    return this.#bytes.subarray(start, start + length);
  }

  skip(wireType: number): void {
    switch (wireType) {
      case VARINT:
        this.varint();
        return;
      case FIXED64:
        this.#take(8);
        return;
      case LENGTH_DELIMITED:
        this.bytes();
        return;
      case FIXED32:
        this.#take(4);
        return;
      default:
        throw new DataFormatError(`a record holds an unknown wire type (${wireType})`);
    }
  }

  #take(bytes: number): number {
    const start = this.#position;
    if (bytes < 0 || start + bytes > this.#bytes.length) {
      throw new DataFormatError("a record is cut off");
    }
    this.#position = start + bytes;
    return start;
  }
}

/** Writes the protocol-buffers wire format. */
export class ProtobufWriter {
  readonly #parts: Uint8Array[] = [];

  varintField(field: number, value: number): void {
    this.#varint(field * 8 + VARINT);
    this.#varint(value);
  }

  bytesField(field: number, value: Uint8Array): void {
    this.#varint(field * 8 + LENGTH_DELIMITED);
    this.#varint(value.length);
    this.#parts.push(value);
  }

  textField(field: number, value: string): void {
    this.bytesField(field, Buffer.from(value, "utf8"));
  }

  /** A packed list of varints; negative ones as int32. */
  varintsField(field: number, values: Iterable<number>): void {
    const packed = new ProtobufWriter();
    for (const value of values) {
      packed.#varint(value);
    }
    this.bytesField(field, packed.toBuffer());
  }

  toBuffer(): Buffer {
    return Buffer.concat(this.#parts);
  }

  #varint(value: number): void {
    if (value < 0) {
      // Two's complement in 64 bits: ten bytes, the last with the sign.
      const groups = Array.from({ length: 9 }, (_, group) => ((value >> Math.min(31, group * 7)) & 0x7f) | 0x80);
      this.#parts.push(Uint8Array.from([...groups, 1]));
      return;
    }
    const bytes: number[] = [];
    let rest = value;
    while (rest >= 0x80) {
      bytes.push((rest % 0x80) + 0x80);
      rest = Math.floor(rest / 0x80);
    }
    bytes.push(rest);
    this.#parts.push(Uint8Array.from(bytes));
  }
}
