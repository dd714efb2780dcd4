import { compileOnce } from "../model/compile-once.ts";
import { setOwn } from "../model/set-own.ts";
import { isStructure, type Member, type Shape, type StructureShape } from "../model/shape.ts";
import { textReader } from "../scalars/read-text.ts";
import { XmlError } from "./parse-xml.ts";
import type { XmlElement } from "./xml-element.ts";

type ReadElement = (element: XmlElement) => unknown;
/** Reads all elements that carry one member of a structure. */
type ReadElements = (elements: readonly XmlElement[]) => unknown;

/**
 * The reader of a structure's element. Throws XmlError for what its schema does not allow: a scalar of the wrong type, a
 * required member that is missing. Elements that the schema does not name are passed over.
 */
export const xmlStructureReader: (shape: StructureShape) => (element: XmlElement) => Record<string, unknown> =
  compileOnce((shape: StructureShape) => {
    const attributes = shape.members.filter((member) => member.xmlAttribute === true);
    const fields = new Map<string, { readonly name: string; readonly read: ReadElements }>();
    for (const member of shape.members) {
      if (member.xmlAttribute !== true) {
        fields.set(member.xmlName ?? member.name, { name: member.name, read: memberReader(member) });
      }
    }
    const required = shape.members.filter((member) => member.required);
    return (element) => {
      const result: Record<string, unknown> = {};
      for (const [name, elements] of groupByName(element.children)) {
        const field = fields.get(name);
        if (field !== undefined) {
          result[field.name] = field.read(elements);
        }
      }
      readAttributes(element, attributes, result);
      expectAll(required, result);
      return result;
    };
  });

function groupByName(children: readonly XmlElement[]): ReadonlyMap<string, readonly XmlElement[]> {
  const groups = new Map<string, XmlElement[]>();
  for (const child of children) {
    const group = groups.get(child.name);
    if (group === undefined) {
      groups.set(child.name, [child]);
    } else {
      group.push(child);
    }
  }
  return groups;
}

function readAttributes(element: XmlElement, members: readonly Member[], result: Record<string, unknown>): void {
  for (const member of members) {
    const value = element.attributes.get(member.xmlName ?? member.name);
    if (value !== undefined) {
      result[member.name] = value;
    }
  }
}

function expectAll(required: readonly Member[], result: Readonly<Record<string, unknown>>): void {
  for (const member of required) {
    if (result[member.name] === undefined) {
      throw new XmlError(`${member.xmlName ?? member.name} is missing`);
    }
  }
}

function memberReader(member: Member): ReadElements {
  const { shape } = member;
  if (shape.type === "list") {
    const read = elementReader(shape.member.shape);
    const itemName = shape.member.xmlName ?? "member";
    return member.xmlFlattened === true
      ? (elements) => elements.map(read)
      : (elements) => childrenNamed(elements, itemName).map(read);
  }
  if (shape.type === "map") {
    const readEntries = mapReader(shape.key, shape.value);
    return member.xmlFlattened === true ? readEntries : (elements) => readEntries(childrenNamed(elements, "entry"));
  }
  const read = elementReader(shape);
  return (elements) => read(only(elements));
}

function mapReader(key: Member, value: Member): ReadElements {
  const keyName = key.xmlName ?? "key";
  const valueName = value.xmlName ?? "value";
  const read = elementReader(value.shape);
  return (entries) => {
    const result: Record<string, unknown> = {};
    for (const entry of entries) {
      setOwn(result, only(childrenNamed([entry], keyName)).text, read(only(childrenNamed([entry], valueName))));
    }
    return result;
  };
}

/** The reader of one element by its shape: a structure, a scalar, or a list inside of a list or map. */
function elementReader(shape: Shape): ReadElement {
  if (isStructure(shape)) {
    return xmlStructureReader(shape);
  }
  if (shape.type === "list" || shape.type === "map") {
    const read = memberReader({ name: "", required: false, shape });
    return (element) => read([element]);
  }
  const read = textReader(shape);
  return (element) => {
    const value = element.children.length === 0 ? read(element.text) : undefined;
    if (value === undefined) {
      throw new XmlError(`${element.name} does not hold a ${shape.type}`);
    }
    return value;
  };
}

function childrenNamed(elements: readonly XmlElement[], name: string): readonly XmlElement[] {
  return elements.flatMap((element) => element.children.filter((child) => child.name === name));
}

function only(elements: readonly XmlElement[]): XmlElement {
  const [element, second] = elements;
  if (element === undefined || second !== undefined) {
    throw new XmlError(element === undefined ? "an element is missing" : `${element.name} stands there twice`);
  }
  return element;
}
