import { compileOnce } from "../model/compile-once.ts";
import { isStructure, type Member, type ScalarShape, type StructureShape } from "../model/shape.ts";
import type { WrittenTimestamp } from "../scalars/timestamps.ts";
import { textWriter } from "../scalars/write-text.ts";
import { escapeXml } from "./escape-xml.ts";

/** XML text of a value; undefined and null are not passed in. */
type WriteXml = (value: unknown) => string;

export interface XmlWriters {
  /** The writer of what stands inside a structure's element. Members that are undefined or null are left out. */
  readonly content: (shape: StructureShape) => WriteXml;
  /** The writer of a scalar's text. */
  readonly scalar: (shape: ScalarShape) => WriteXml;
  /** The writer of one member: its element, or one element for each item of a flattened list. */
  readonly member: (member: Member, tag: string) => WriteXml;
}

/** Makes XML writers, one closure per shape, that write timestamps in one form. */
function xmlWriters(timestamps: WrittenTimestamp): XmlWriters {
  const content = compileOnce((shape: StructureShape): WriteXml => {
    const fields = shape.members
      .filter(({ xmlAttribute }) => xmlAttribute !== true)
      .map((field) => ({ name: field.name, write: member(field, field.xmlName ?? field.name) }));
    return (value) => {
      const source = value as Readonly<Record<string, unknown>>;
      let text = "";
      for (const { name, write } of fields) {
        const set = source[name];
        if (set !== undefined && set !== null) {
          text += write(set);
        }
      }
      return text;
    };
  });

  function scalar(shape: ScalarShape): WriteXml {
    const write = textWriter(shape, timestamps);
    return shape.type === "string" || shape.type === "document" ? (value) => escapeXml(write(value)) : write;
  }

  function member(use: Member, tag: string): WriteXml {
    const { shape } = use;
    if (isStructure(shape)) {
      return structureWriter(shape, use, tag, content(shape));
    }
    if (shape.type === "list") {
      return use.xmlFlattened === true
        ? itemsWriter(member(shape.member, tag))
        : wrapped(tag, itemsWriter(member(shape.member, shape.member.xmlName ?? "member")));
    }
    if (shape.type === "map") {
      const write = member(shape.value, shape.value.xmlName ?? "value");
      const keyTag = shape.key.xmlName ?? "key";
      return use.xmlFlattened === true
        ? entriesWriter(tag, keyTag, write)
        : wrapped(tag, entriesWriter("entry", keyTag, write));
    }
    return wrapped(tag, scalar(shape));
  }

  return { content, scalar, member };
}

/** For S3 and EC2. */
export const xmlWithMilliseconds: XmlWriters = xmlWriters("date-time-millis");

/** For the query services. */
export const xmlWithSeconds: XmlWriters = xmlWriters("date-time");

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

function entriesWriter(tag: string, keyTag: string, write: WriteXml): WriteXml {
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

function structureWriter(shape: StructureShape, use: Member, tag: string, content: WriteXml): WriteXml {
  const attributes = shape.members.filter(({ xmlAttribute }) => xmlAttribute === true);
  if (attributes.length === 0 && use.xmlNamespace === undefined) {
    return wrapped(tag, content);
  }
  const namespace = namespaceAttribute(use.xmlNamespace);
  return (value) => `<${tag}${namespace}${attributesText(attributes, value)}>${content(value)}</${tag}>`;
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
