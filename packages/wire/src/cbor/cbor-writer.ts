import { compileOnce } from "../model/compile-once.ts";
import {
  isStructure,
  type ListShape,
  type MapShape,
  type ScalarShape,
  type Shape,
  type StructureShape,
} from "../model/shape.ts";
import { asBytes } from "../scalars/blobs.ts";
import { asDate } from "../scalars/timestamps.ts";
import { CborEncoder } from "./cbor-encoder.ts";

type WriteItem = (value: unknown, encoder: CborEncoder) => void;

/** CBOR of a value that a shape describes. Members that are undefined or null are left out. */
export function writeCbor(shape: Shape, value: unknown): Uint8Array {
  const encoder = new CborEncoder();
  writerOf(shape)(value, encoder);
  return encoder.finish();
}

const writerOf: (shape: Shape) => WriteItem = compileOnce((shape: Shape) => {
  if (isStructure(shape)) {
    return structureWriter(shape);
  }
  if (shape.type === "list") {
    return listWriter(shape);
  }
  return shape.type === "map" ? mapWriter(shape) : scalarWriter(shape);
});

function structureWriter(shape: StructureShape): WriteItem {
  const fields = shape.members.map((member) => ({ name: member.name, write: writerOf(member.shape) }));
  return (value, encoder) => {
    const source = value as Readonly<Record<string, unknown>>;
    encoder.openMap();
    for (const { name, write } of fields) {
      const content = source[name];
      if (content !== undefined && content !== null) {
        encoder.text(name);
        write(content, encoder);
      }
    }
    encoder.close();
  };
}

function listWriter(shape: ListShape): WriteItem {
  const write = writerOf(shape.member.shape);
  return (value, encoder) => {
    const items = Array.from(value as Iterable<unknown>).filter((item) => item !== undefined && item !== null);
    encoder.arrayOf(items.length);
    for (const item of items) {
      write(item, encoder);
    }
  };
}

function mapWriter(shape: MapShape): WriteItem {
  const write = writerOf(shape.value.shape);
  return (value, encoder) => {
    encoder.openMap();
    for (const [key, content] of Object.entries(value as Readonly<Record<string, unknown>>)) {
      if (content !== undefined && content !== null) {
        encoder.text(key);
        write(content, encoder);
      }
    }
    encoder.close();
  };
}

function scalarWriter({ type }: ScalarShape): WriteItem {
  // No service that speaks CBOR has either of the two that are left out below.
  return (
    scalarWriters[type] ??
    (() => {
      throw new TypeError(`${type} has no form in CBOR here`);
    })
  );
}

const writeNumber: WriteItem = (value, encoder) => encoder.number(value as number | bigint);
const writeFloat: WriteItem = (value, encoder) => encoder.float(Number(value));

const scalarWriters: Partial<Record<ScalarShape["type"], WriteItem>> = {
  string: (value, encoder) => encoder.text(String(value)),
  boolean: (value, encoder) => encoder.boolean(value === true),
  blob: (value, encoder) => encoder.bytes(typeof value === "string" ? Buffer.from(value) : asBytes(value)),
  timestamp: (value, encoder) => encoder.time(asDate(value)),
  float: writeFloat,
  double: writeFloat,
  integer: writeNumber,
  long: writeNumber,
  number: writeNumber,
  bigInteger: writeNumber,
};
