import { DataFormatError } from "../data-format-error.ts";

/** An array as NumPy stores it, in row order. */
export interface NpyArray {
  readonly shape: readonly number[];
  readonly values: Float32Array | Float64Array | Int32Array | Uint8Array | BigInt64Array;
}

const MAGIC = Buffer.from("\x93NUMPY", "latin1");
const PREFIX_BYTES = 10;
const ALIGNMENT = 64;

/**
 * Reads the NPY format, versions 1 to 3: little-endian float, int32, int64 and bytes, in row order. The header is a Python
 * dictionary, read by its three known members and never evaluated. Throws DataFormatError.
 */
export function readNpy(bytes: Uint8Array): NpyArray {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (buffer.length < PREFIX_BYTES || !MAGIC.equals(buffer.subarray(0, MAGIC.length))) {
    throw new DataFormatError("not an NPY file");
  }
  const wide = buffer.readUInt8(6) > 1;
  const headerStart = wide ? 12 : PREFIX_BYTES;
  const dataStart = headerStart + (wide ? buffer.readUInt32LE(8) : buffer.readUInt16LE(8));
  const header = buffer.toString("latin1", headerStart, dataStart);
  if (/'fortran_order':\s*True/.test(header)) {
    throw new DataFormatError("NPY arrays in column order are not supported");
  }
  const shape = parseShape(header);
  const count = shape.reduce((product, size) => product * size, 1);
  return { shape, values: readValues(/'descr':\s*'([^']*)'/.exec(header)?.[1] ?? "", buffer, dataStart, count) };
}

/** Writes NPY version 1. */
export function writeNpy({ shape, values }: NpyArray): Buffer {
  const sizes = shape.length === 1 ? `${shape[0] ?? 0},` : shape.join(", ");
  const header = `{'descr': '${typeString(values)}', 'fortran_order': False, 'shape': (${sizes}), }`;
  const bytes = Math.ceil((PREFIX_BYTES + header.length + 1) / ALIGNMENT) * ALIGNMENT - PREFIX_BYTES;
  const prefix = Buffer.alloc(PREFIX_BYTES);
  MAGIC.copy(prefix);
  prefix.writeUInt8(1, 6);
  prefix.writeUInt16LE(bytes, 8);
  const data = Buffer.from(values.buffer, values.byteOffset, values.byteLength);
  return Buffer.concat([prefix, Buffer.from(`${header.padEnd(bytes - 1)}\n`, "latin1"), data]);
}

function parseShape(header: string): number[] {
  const text = /'shape':\s*\(([^)]*)\)/.exec(header)?.[1];
  if (text === undefined || !/^[\d,\sL]*$/.test(text)) {
    throw new DataFormatError("the NPY header names no shape");
  }
  return [...text.matchAll(/\d+/g)].map(([digits]) => Number(digits));
}

function readValues(type: string, buffer: Buffer, start: number, count: number): NpyArray["values"] {
  const size = TYPE_SIZES[type];
  if (size === undefined) {
    throw new DataFormatError(`NPY arrays of type '${type.slice(0, 8)}' are not supported`);
  }
  if (start + count * size > buffer.length) {
    throw new DataFormatError("the NPY file is cut off");
  }
  const memory = Uint8Array.from(buffer.subarray(start, start + count * size)).buffer;
  switch (type) {
    case "<f4":
      return new Float32Array(memory);
    case "<f8":
      return new Float64Array(memory);
    case "<i4":
      return new Int32Array(memory);
    case "<i8":
      return new BigInt64Array(memory);
    default:
      return new Uint8Array(memory);
  }
}

const TYPE_SIZES: Readonly<Record<string, number>> = { "<f4": 4, "<f8": 8, "<i4": 4, "<i8": 8, "|u1": 1, "|b1": 1 };

function typeString(values: NpyArray["values"]): string {
  if (values instanceof Float32Array) {
    return "<f4";
  }
  if (values instanceof Float64Array) {
    return "<f8";
  }
  if (values instanceof Int32Array) {
    return "<i4";
  }
  return values instanceof BigInt64Array ? "<i8" : "|u1";
}
