import { ModelFormatError } from "./booster-model.ts";

/** Deeper nesting than any model has; a hostile file must not overflow the stack. */
const MAX_DEPTH = 64;

/**
 * Reads UBJSON (draft 12) as the library writes it: objects without a declared type, strongly typed arrays, which become
 * typed arrays. Big-endian throughout. Throws ModelFormatError.
 */
export function parseUbjson(bytes: Uint8Array): unknown {
  return new UbjsonReader(bytes).read();
}

class UbjsonReader {
  readonly #view: DataView;
  readonly #bytes: Buffer;
  #position = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  read(): unknown {
    try {
      return this.#value(this.#marker(), 0);
    } catch (error) {
      throw error instanceof RangeError ? new ModelFormatError("the model file is cut off") : error;
    }
  }

  #marker(): string {
    return String.fromCharCode(this.#view.getUint8(this.#position++));
  }

  #peek(): string {
    return String.fromCharCode(this.#view.getUint8(this.#position));
  }

  #value(marker: string, depth: number): unknown {
    if (depth > MAX_DEPTH) {
      throw new ModelFormatError("the model file is nested too deeply");
    }
    switch (marker) {
      case "{":
        return this.#object(depth);
      case "[":
        return this.#array(depth);
      case "S":
        return this.#string();
      case "C":
        return this.#marker();
      case "T":
        return true;
      case "F":
        return false;
      case "Z":
        return null;
      default:
        return this.#number(marker);
    }
  }

  #number(marker: string): number {
    const at = this.#position;
    const size = NUMBER_SIZES[marker];
    if (size === undefined) {
      throw new ModelFormatError(`the model file holds an unknown type at byte ${at}`);
    }
    this.#position += size;
    return readNumber(this.#view, marker, at);
  }

  #length(): number {
    const length = this.#number(this.#marker());
    if (!Number.isSafeInteger(length) || length < 0 || length > this.#bytes.length) {
      throw new ModelFormatError("the model file declares an impossible length");
    }
    return length;
  }

  #string(): string {
    const length = this.#length();
    if (this.#position + length > this.#bytes.length) {
      throw new RangeError("end of file");
    }
    const text = this.#bytes.toString("utf8", this.#position, this.#position + length);
    this.#position += length;
    return text;
  }

  #object(depth: number): Record<string, unknown> {
    // Without a prototype a member called __proto__ is a member like any other.
    const members: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
    while (this.#peek() !== "}") {
      const name = this.#string();
      members[name] = this.#value(this.#marker(), depth + 1);
    }
    this.#position++;
    return members;
  }

  #array(depth: number): unknown {
    const type = this.#optional("$") ? this.#marker() : undefined;
    const length = this.#optional("#") ? this.#length() : undefined;
    if (type !== undefined && length !== undefined) {
      return this.#typedArray(type, length);
    }
    const items: unknown[] = [];
    while (length === undefined ? this.#peek() !== "]" : items.length < length) {
      items.push(this.#value(this.#marker(), depth + 1));
    }
    this.#position += length === undefined ? 1 : 0;
    return items;
  }

  #optional(marker: string): boolean {
    const present = this.#peek() === marker;
    this.#position += present ? 1 : 0;
    return present;
  }

  #typedArray(type: string, length: number): Float32Array | Float64Array | Int32Array {
    const size = NUMBER_SIZES[type];
    if (size === undefined || this.#position + length * size > this.#bytes.length) {
      throw new RangeError("end of file");
    }
    const start = this.#position;
    this.#position += length * size;
    const values =
      type === "d"
        ? new Float32Array(length)
        : type === "D" || type === "L"
          ? new Float64Array(length)
          : new Int32Array(length);
    for (let index = 0; index < length; index++) {
      values[index] = readNumber(this.#view, type, start + index * size);
    }
    return values;
  }
}

const NUMBER_SIZES: Readonly<Record<string, number>> = { i: 1, U: 1, I: 2, l: 4, L: 8, d: 4, D: 8 };

function readNumber(view: DataView, type: string, at: number): number {
  switch (type) {
    case "i":
      return view.getInt8(at);
    case "U":
      return view.getUint8(at);
    case "I":
      return view.getInt16(at);
    case "l":
      return view.getInt32(at);
    case "L":
      return Number(view.getBigInt64(at));
    case "d":
      return view.getFloat32(at);
    default:
      return view.getFloat64(at);
  }
}
