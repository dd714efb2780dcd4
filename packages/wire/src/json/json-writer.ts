import { compileOnce } from "../model/compile-once.ts";
import {
  isStructure,
  type ListShape,
  type MapShape,
  type ScalarShape,
  type Shape,
  type StructureShape,
} from "../model/shape.ts";
import { encodeBase64 } from "../scalars/blobs.ts";
import { timestampWriter } from "../scalars/timestamps.ts";

/** JSON text of a value that a shape describes. */
export type WriteJson = (value: unknown) => string;

/** Makes JSON writers, one closure per shape. Members that are undefined or null are left out. */
export function jsonWriters({ jsonNames }: { readonly jsonNames: boolean }): (shape: Shape) => WriteJson {
  const writerOf: (shape: Shape) => WriteJson = compileOnce((shape: Shape) => {
    if (isStructure(shape)) {
      return structureWriter(shape, jsonNames, writerOf);
    }
    if (shape.type === "list") {
      return listWriter(shape, writerOf);
    }
    return shape.type === "map" ? mapWriter(shape, writerOf) : scalarWriter(shape);
  });
  return writerOf;
}

function structureWriter(shape: StructureShape, jsonNames: boolean, writerOf: (shape: Shape) => WriteJson): WriteJson {
  const fields = shape.members.map((member) => ({
    name: member.name,
    prefix: `${JSON.stringify(jsonNames ? (member.jsonName ?? member.name) : member.name)}:`,
    write: writerOf(member.shape),
  }));
  return (value) => {
    const source = value as Readonly<Record<string, unknown>>;
    let text = "";
    for (const field of fields) {
      const content = source[field.name];
      if (content !== undefined && content !== null) {
        text += `${text === "" ? "" : ","}${field.prefix}${field.write(content)}`;
      }
    }
    return `{${text}}`;
  };
}

function listWriter(shape: ListShape, writerOf: (shape: Shape) => WriteJson): WriteJson {
  const write = writerOf(shape.member.shape);
  return (value) => {
    let text = "";
    for (const item of value as Iterable<unknown>) {
      if (item !== undefined && item !== null) {
        text += `${text === "" ? "" : ","}${write(item)}`;
      }
    }
    return `[${text}]`;
  };
}

function mapWriter(shape: MapShape, writerOf: (shape: Shape) => WriteJson): WriteJson {
  const write = writerOf(shape.value.shape);
  return (value) => {
    let text = "";
    for (const [key, content] of Object.entries(value as Readonly<Record<string, unknown>>)) {
      if (content !== undefined && content !== null) {
        text += `${text === "" ? "" : ","}${JSON.stringify(key)}:${write(content)}`;
      }
    }
    return `{${text}}`;
  };
}

const writeNumber: WriteJson = (value) => (Number.isFinite(value) ? String(value) : `"${String(value)}"`);
const writeText: WriteJson = (value) => JSON.stringify(value);

function scalarWriter(shape: ScalarShape): WriteJson {
  return shape.type === "timestamp" ? timestampText(shape) : scalarWriters[shape.type];
}

const scalarWriters: Readonly<Record<Exclude<ScalarShape["type"], "timestamp">, WriteJson>> = {
  string: writeText,
  document: writeText,
  boolean: String,
  integer: writeNumber,
  long: writeNumber,
  float: writeNumber,
  double: writeNumber,
  number: writeNumber,
  bigInteger: String,
  bigDecimal: String,
  blob: (value) => `"${encodeBase64(value)}"`,
};

function timestampText(shape: ScalarShape): WriteJson {
  const format = shape.format ?? "epoch-seconds";
  const write = timestampWriter(format);
  return format === "epoch-seconds" ? write : (value) => `"${write(value)}"`;
}
