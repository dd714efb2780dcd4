/** What a document for the library is made of. Plain numbers are integers: the library tells the two apart. */
export type UbjsonValue =
  | string
  | number
  | boolean
  | UbjsonFloat
  | Float32Array
  | Int32Array
  | Uint8Array
  | BigInt64Array
  | readonly UbjsonValue[]
  | { readonly [name: string]: UbjsonValue };

/** A float32 that stands alone. */
export class UbjsonFloat {
  readonly value: number;

  constructor(value: number) {
    this.value = value;
  }
}

/** Writes UBJSON (draft 12) as the library reads it: typed arrays strongly typed, everything big-endian. */
export function writeUbjson(document: UbjsonValue): Buffer {
  const parts: Buffer[] = [];
  write(document, parts);
  return Buffer.concat(parts);
}

function write(value: UbjsonValue, parts: Buffer[]): void {
  if (typeof value === "string") {
    parts.push(Buffer.from("S"), ubjsonText(value));
  } else if (typeof value === "number") {
    parts.push(marked("l", 4, (bytes) => bytes.writeInt32BE(value, 1)));
  } else if (typeof value === "boolean") {
    parts.push(Buffer.from(value ? "T" : "F"));
  } else if (value instanceof UbjsonFloat) {
    parts.push(marked("d", 4, (bytes) => bytes.writeFloatBE(value.value, 1)));
  } else if (ArrayBuffer.isView(value)) {
    parts.push(typedArray(value));
  } else if (Array.isArray(value)) {
    parts.push(Buffer.from("["), ...items(value), Buffer.from("]"));
  } else {
    parts.push(Buffer.from("{"));
    for (const [name, member] of Object.entries(value)) {
      parts.push(ubjsonText(name));
      write(member, parts);
    }
    parts.push(Buffer.from("}"));
  }
}

function items(values: readonly UbjsonValue[]): Buffer[] {
  const parts: Buffer[] = [];
  for (const value of values) {
    write(value, parts);
  }
  return parts;
}

function typedArray(array: Float32Array | Int32Array | Uint8Array | BigInt64Array): Buffer {
  const bytes = Buffer.from(Buffer.from(array.buffer, array.byteOffset, array.byteLength));
  if (array instanceof Float32Array || array instanceof Int32Array) {
    bytes.swap32();
  } else if (array instanceof BigInt64Array) {
    bytes.swap64();
  }
  return Buffer.concat([Buffer.from(`[$${typeMarker(array)}#`), length(array.length), bytes]);
}

function typeMarker(array: Float32Array | Int32Array | Uint8Array | BigInt64Array): string {
  if (array instanceof Float32Array) {
    return "d";
  }
  if (array instanceof Int32Array) {
    return "l";
  }
  return array instanceof Uint8Array ? "U" : "L";
}

/** A text as it stands in a document: its length and its bytes; so are the names of members. */
export function ubjsonText(value: string): Buffer {
  const bytes = Buffer.from(value, "utf8");
  return Buffer.concat([length(bytes.length), bytes]);
}

function length(value: number): Buffer {
  return marked("L", 8, (bytes) => bytes.writeBigInt64BE(BigInt(value), 1));
}

function marked(marker: string, size: number, fill: (bytes: Buffer) => void): Buffer {
  const bytes = Buffer.alloc(size + 1);
  bytes.write(marker, "latin1");
  fill(bytes);
  return bytes;
}
