import { invalidParameterValue, malformedInput } from "../errors/request-errors.ts";
import { compileOnce } from "../model/compile-once.ts";
import { setOwn } from "../model/set-own.ts";
import {
  isStructure,
  type ListShape,
  type MapShape,
  type Member,
  type ScalarShape,
  type StructureShape,
} from "../model/shape.ts";
import { textReader } from "../scalars/read-text.ts";
import { indexedChildren, type QueryNode } from "./query-node.ts";

type ReadNode = (node: QueryNode) => unknown;

/** awsQuery and ec2Query differ in names, in how lists are numbered, and in their errors. */
interface Dialect {
  readonly nameOf: (member: Member) => string;
  readonly listsAreFlat: boolean;
  readonly refuse: (value: string, name: string, type: string) => Error;
}

const awsQuery: Dialect = {
  nameOf: (member) => member.xmlName ?? member.name,
  listsAreFlat: false,
  refuse: (_, __, type) => malformedInput(refusals[type] ?? `STRING_VALUE can not be converted to ${type}`),
};

/** As the query services were seen to word them. */
const refusals: Readonly<Record<string, string>> = {
  timestamp: "timestamp must follow ISO8601",
  integer: "STRING_VALUE can not be converted to an Integer",
  long: "STRING_VALUE can not be converted to a Long",
  double: "STRING_VALUE can not be converted to a Double",
  boolean: "STRING_VALUE can not be converted to a Boolean",
};

const ec2Query: Dialect = {
  nameOf: (member) => member.ec2QueryName ?? capitalised(member.xmlName ?? member.name),
  listsAreFlat: true,
  refuse: (value, name) => invalidParameterValue(value, name),
};

function capitalised(name: string): string {
  return name.slice(0, 1).toUpperCase() + name.slice(1);
}

/** The reader of a structure in a query request. Throws MalformedInput. */
export const awsQueryReader: (shape: StructureShape) => (node: QueryNode) => Record<string, unknown> =
  structureReaders(awsQuery);

/** The reader of a structure in an EC2 request. Throws InvalidParameterValue. */
export const ec2QueryReader: (shape: StructureShape) => (node: QueryNode) => Record<string, unknown> =
  structureReaders(ec2Query);

function structureReaders(dialect: Dialect): (shape: StructureShape) => (node: QueryNode) => Record<string, unknown> {
  const structureReader = compileOnce((shape: StructureShape) => {
    const fields = shape.members.map((member) => ({
      name: member.name,
      wireName: dialect.nameOf(member),
      read: memberReader(member),
    }));
    return (node: QueryNode) => {
      const result: Record<string, unknown> = {};
      for (const field of fields) {
        const child = node.children.get(field.wireName);
        const value = child === undefined ? undefined : field.read(child);
        if (value !== undefined) {
          result[field.name] = value;
        }
      }
      return result;
    };
  });

  function memberReader(member: Member): ReadNode {
    const { shape } = member;
    if (isStructure(shape)) {
      return structureReader(shape);
    }
    if (shape.type === "list") {
      return listReader(shape, member);
    }
    return shape.type === "map" ? mapReader(shape, member) : scalarReader(shape, dialect.nameOf(member), dialect);
  }

  function listReader(shape: ListShape, member: Member): ReadNode {
    const read = memberReader(shape.member);
    const flat = dialect.listsAreFlat || member.xmlFlattened === true;
    const itemName = shape.member.xmlName ?? "member";
    // Clients of long ago number the items of every list directly.
    return (node) =>
      indexedChildren(flat ? node : (node.children.get(itemName) ?? node))
        .map(read)
        .filter((item) => item !== undefined);
  }

  function mapReader(shape: MapShape, member: Member): ReadNode {
    const read = memberReader(shape.value);
    const keyName = shape.key.xmlName ?? "key";
    const valueName = shape.value.xmlName ?? "value";
    return (node) => {
      const entries = member.xmlFlattened === true ? node : node.children.get("entry");
      const result: Record<string, unknown> = {};
      for (const entry of entries === undefined ? [] : indexedChildren(entries)) {
        const value = entry.children.get(valueName);
        setOwn(result, entry.children.get(keyName)?.value ?? "", value === undefined ? "" : read(value));
      }
      return result;
    };
  }

  return structureReader;
}

function scalarReader(shape: ScalarShape, name: string, dialect: Dialect): ReadNode {
  const read = textReader(shape);
  return ({ value: text }) => {
    if (text === undefined) {
      return undefined;
    }
    const value = read(text);
    if (value === undefined) {
      throw dialect.refuse(text, name, shape.type);
    }
    return value;
  };
}
