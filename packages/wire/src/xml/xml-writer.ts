import { compileOnce } from "../model/compile-once.ts";
import { isStructure, type Member, type ScalarShape, type Shape, type StructureShape } from "../model/shape.ts";
import { textWriter } from "../scalars/write-text.ts";
import { escapeXml } from "./escape-xml.ts";

/** XML text of a value; undefined and null are not passed in. */
export type WriteXml = (value: unknown) => string;

/** The writer of what stands inside a structure's element. Members that are undefined or null are left out. */
export const xmlContentWriter: (shape: StructureShape) => WriteXml = compileOnce((shape: StructureShape) => {
  const fields = shape.members
    .filter((member) => member.xmlAttribute !== true)
    .map((member) => ({ name: member.name, write: memberWriter(member, member.xmlName ?? member.name) }));
  return (value: unknown) => {
    const source = value as Readonly<Record<string, unknown>>;
    let text = "";
    for (const field of fields) {
      const content = source[field.name];
      if (content !== undefined && content !== null) {
        text += field.write(content);
      }
    }
    return text;
  };
});

/** The writer of one member: its element, or one element for each item of a flattened list. */
export function memberWriter(member: Member, tag: string): WriteXml {
  const { shape } = member;
  if (shape.type === "list") {
    const flattened = member.xmlFlattened === true;
    const item = memberWriter(shape.member, flattened ? tag : (shape.member.xmlName ?? "member"));
    return flattened ? itemsWriter(item) : wrapped(tag, itemsWriter(item));
  }
  if (shape.type === "map") {
    const flattened = member.xmlFlattened === true;
    const entries = entriesWriter(shape.key, shape.value, flattened ? tag : "entry");
    return flattened ? entries : wrapped(tag, entries);
  }
  return isStructure(shape) ? structureWriter(shape, member, tag) : wrapped(tag, scalarContentWriter(shape));
}

export function scalarContentWriter(shape: ScalarShape): WriteXml {
  const write = textWriter(shape, "date-time");
  return shape.type === "string" || shape.type === "document" ? (value) => escapeXml(write(value)) : write;
}

function wrapped(tag: string, content: WriteXml): WriteXml {
  const open = `<${tag}>`;
  const close = `</${tag}>`;
  return (value) => open + content(value) + close;
}

function itemsWriter(item: WriteXml): WriteXml {
  return (value) => {
    let text = "";
    for (const content of value as Iterable<unknown>) {
      if (content !== undefined && content !== null) {
        text += item(content);
      }
    }
    return text;
  };
}

function entriesWriter(key: Member, value: Member, tag: string): WriteXml {
  const keyTag = key.xmlName ?? "key";
  const write = memberWriter(value, value.xmlName ?? "value");
  return (map) => {
    let text = "";
    for (const [name, content] of Object.entries(map as Readonly<Record<string, unknown>>)) {
      if (content !== undefined && content !== null) {
        text += `<${tag}><${keyTag}>${escapeXml(name)}</${keyTag}>${write(content)}</${tag}>`;
      }
    }
    return text;
  };
}

function structureWriter(shape: StructureShape, member: Member, tag: string): WriteXml {
  const content = lazily(shape);
  const attributes = shape.members.filter(({ xmlAttribute }) => xmlAttribute === true);
  if (attributes.length === 0 && member.xmlNamespace === undefined) {
    return wrapped(tag, content);
  }
  const namespace = namespaceAttribute(member.xmlNamespace);
  return (value) => `<${tag}${namespace}${attributesText(attributes, value)}>${content(value)}</${tag}>`;
}

/** Structures that contain themselves are compiled when they are first written. */
function lazily(shape: Shape & StructureShape): WriteXml {
  let write: WriteXml | undefined;
  return (value) => {
    write ??= xmlContentWriter(shape);
    return write(value);
  };
}

/** ` xmlns:xsi="…"`, or nothing. */
export function namespaceAttribute(namespace: readonly [prefix: string, uri: string] | undefined): string {
  if (namespace === undefined) {
    return "";
  }
  const [prefix, uri] = namespace;
  return ` xmlns${prefix === "" ? "" : `:${prefix}`}="${escapeXml(uri)}"`;
}

function attributesText(attributes: readonly Member[], value: unknown): string {
  const source = value as Readonly<Record<string, unknown>>;
  return attributes
    .filter(({ name }) => source[name] !== undefined && source[name] !== null)
    .map(({ name, xmlName }) => ` ${xmlName ?? name}="${escapeXml(String(source[name]))}"`)
    .join("");
}
