import { cannotConvert } from "../errors/cannot-convert.ts";
import { serializationException } from "../errors/request-errors.ts";
import { setOwn } from "../model/set-own.ts";
import { compileOnce } from "../model/compile-once.ts";
import {
  isStructure,
  type ListShape,
  type MapShape,
  type ScalarShape,
  type Shape,
  type StructureShape,
} from "../model/shape.ts";

/** Turns a decoded value (of JSON, of CBOR) into the value a shape describes. Throws SerializationException. */
export type ReadTree = (value: unknown) => unknown;

export interface TreeReaderOptions {
  readonly scalar: (shape: ScalarShape) => ReadTree;
  /** Whether members go by their `jsonName`; awsJson and CBOR ignore it. */
  readonly jsonNames: boolean;
}

/** Makes readers for trees of objects, arrays and scalars, one closure per shape. */
export function treeReaders(options: TreeReaderOptions): (shape: Shape) => ReadTree {
  const readerOf: (shape: Shape) => ReadTree = compileOnce((shape: Shape) => {
    if (isStructure(shape)) {
      return structureReader(shape, options, readerOf);
    }
    if (shape.type === "list") {
      return listReader(shape, readerOf);
    }
    return shape.type === "map" ? mapReader(shape, readerOf) : options.scalar(shape);
  });
  return readerOf;
}

type Tree = Readonly<Record<string, unknown>>;

function structureReader(
  shape: StructureShape,
  { jsonNames }: TreeReaderOptions,
  readerOf: (shape: Shape) => ReadTree,
): ReadTree {
  const fields = shape.members.map((member) => ({
    name: member.name,
    wireName: jsonNames ? (member.jsonName ?? member.name) : member.name,
    read: readerOf(member.shape),
  }));
  const read: ReadTree = (value) => {
    const tree = expectTree(value);
    const result: Record<string, unknown> = {};
    for (const field of fields) {
      // No member is named as a property that every object inherits, so absent members are undefined here.
      const content = tree[field.wireName];
      if (content !== undefined && content !== null) {
        result[field.name] = field.read(content);
      }
    }
    return result;
  };
  return shape.exclusive === true ? expectOneMember(read) : read;
}

function expectOneMember(read: ReadTree): ReadTree {
  return (value) => {
    const result = read(value);
    if (Object.keys(result as object).length !== 1) {
      throw serializationException("Expected exactly one member of a union to be set");
    }
    return result;
  };
}

function listReader(shape: ListShape, readerOf: (shape: Shape) => ReadTree): ReadTree {
  const read = readerOf(shape.member.shape);
  return (value) => {
    if (!Array.isArray(value)) {
      throw typeof value === "object" ? cannotConvert(value, "List") : serializationException("Expected list or null");
    }
    const result: unknown[] = [];
    for (const item of value as readonly unknown[]) {
      if (item !== null && item !== undefined) {
        result.push(read(item));
      }
    }
    return result;
  };
}

function mapReader(shape: MapShape, readerOf: (shape: Shape) => ReadTree): ReadTree {
  const read = readerOf(shape.value.shape);
  return (value) => {
    const tree = expectTree(value);
    const result: Record<string, unknown> = {};
    for (const key of Object.keys(tree)) {
      const content = tree[key];
      if (content !== undefined && content !== null) {
        setOwn(result, key, read(content));
      }
    }
    return result;
  };
}

function expectTree(value: unknown): Tree {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) {
    return value as Tree;
  }
  throw Array.isArray(value) ? cannotConvert(value, "Map") : serializationException("Expected map or null");
}
