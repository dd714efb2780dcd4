import { unescapeXml } from "./escape-xml.ts";
import type { XmlElement } from "./xml-element.ts";

/** No AWS body nests deeper than about ten elements. */
const MAX_DEPTH = 64;

/** XML that is refused: not well-formed, or using what is never needed (document types, unknown entities). */
export class XmlError extends Error {
  override readonly name = "XmlError";
}

interface OpenElement extends XmlElement {
  readonly rawName: string;
  readonly children: XmlElement[];
  text: string;
}

const NAME = /^[A-Za-z_][\w.:-]*$/;
const ATTRIBUTE = /\s+([A-Za-z_][\w.:-]*)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/y;
const noAttributes: ReadonlyMap<string, string> = new Map();

/**
 * Parses a document without recursion. There are no entities but the five predefined ones, and a document type is an
 * error, so nothing expands and nothing is fetched. Throws XmlError.
 */
export function parseXml(text: string): XmlElement {
  const open: OpenElement[] = [];
  let root: XmlElement | undefined;
  let at = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  while (at < text.length) {
    const tag = text.indexOf("<", at);
    addText(open.at(-1), text.slice(at, tag < 0 ? text.length : tag));
    if (tag < 0) {
      break;
    }
    const markup = readMarkup(text, tag);
    at = markup.end;
    if (markup.kind === "cdata") {
      addCharacters(open.at(-1), markup.content);
    } else if (markup.kind === "close") {
      root = close(open, markup.content) ?? root;
    } else if (markup.kind === "open") {
      root = openElement(open, root, markup.content) ?? root;
    }
  }
  if (root === undefined || open.length > 0) {
    throw new XmlError("the document has no complete root element");
  }
  return root;
}

interface Markup {
  readonly kind: "open" | "close" | "cdata" | "skipped";
  readonly content: string;
  /** Where the text goes on. */
  readonly end: number;
}

function readMarkup(text: string, start: number): Markup {
  if (text.startsWith("<!--", start)) {
    return markupUntil(text, start + 4, "-->", "skipped");
  }
  if (text.startsWith("<![CDATA[", start)) {
    return markupUntil(text, start + 9, "]]>", "cdata");
  }
  if (text.startsWith("<!", start)) {
    throw new XmlError("document types are not accepted");
  }
  if (text.startsWith("<?", start)) {
    return markupUntil(text, start + 2, "?>", "skipped");
  }
  return text.startsWith("</", start) ? markupUntil(text, start + 2, ">", "close") : openTag(text, start + 1);
}

function markupUntil(text: string, start: number, terminator: string, kind: Markup["kind"]): Markup {
  const end = text.indexOf(terminator, start);
  if (end < 0) {
    throw new XmlError("markup is not closed");
  }
  return { kind, content: text.slice(start, end), end: end + terminator.length };
}

/** A `>` may stand in an attribute's value. */
function openTag(text: string, start: number): Markup {
  let quote = "";
  for (let i = start; i < text.length; i++) {
    const character = text[i] ?? "";
    if (quote !== "") {
      quote = character === quote ? "" : quote;
    } else if (character === ">") {
      return { kind: "open", content: text.slice(start, i), end: i + 1 };
    } else if (character === '"' || character === "'") {
      quote = character;
    }
  }
  throw new XmlError("a tag is not closed");
}

/** Opens an element, or adds an empty one. Returns the root when the empty element is the root. */
function openElement(open: OpenElement[], root: XmlElement | undefined, tag: string): XmlElement | undefined {
  if (open.length === 0 && root !== undefined) {
    throw new XmlError("the document has two root elements");
  }
  if (open.length >= MAX_DEPTH) {
    throw new XmlError("the document nests too deep");
  }
  const empty = tag.endsWith("/");
  const element = readTag(empty ? tag.slice(0, -1) : tag);
  open.at(-1)?.children.push(element);
  if (!empty) {
    open.push(element);
    return undefined;
  }
  return open.length === 0 ? element : undefined;
}

function readTag(tag: string): OpenElement {
  const space = tag.search(/\s/);
  const rawName = space < 0 ? tag : tag.slice(0, space);
  if (!NAME.test(rawName)) {
    throw new XmlError("an element has no valid name");
  }
  return {
    rawName,
    name: rawName.slice(rawName.indexOf(":") + 1),
    attributes: space < 0 ? noAttributes : readAttributes(tag, space),
    children: [],
    text: "",
  };
}

function readAttributes(tag: string, start: number): ReadonlyMap<string, string> {
  const attributes = new Map<string, string>();
  let end = start;
  ATTRIBUTE.lastIndex = start;
  for (let match = ATTRIBUTE.exec(tag); match !== null; match = ATTRIBUTE.exec(tag)) {
    end = ATTRIBUTE.lastIndex;
    attributes.set(match[1] ?? "", resolve(match[2] ?? match[3] ?? ""));
  }
  if (tag.slice(end).trim() !== "") {
    throw new XmlError("an attribute is malformed");
  }
  return attributes;
}

/** Closes the innermost element. Returns it when it is the root. */
function close(open: OpenElement[], name: string): XmlElement | undefined {
  const element = open.pop();
  if (element === undefined || element.rawName !== name.trimEnd()) {
    throw new XmlError("tags are not balanced");
  }
  return open.length === 0 ? element : undefined;
}

function addText(element: OpenElement | undefined, text: string): void {
  if (text !== "") {
    addCharacters(element, resolve(text));
  }
}

function addCharacters(element: OpenElement | undefined, text: string): void {
  if (element !== undefined) {
    element.text += text;
  } else if (text.trim() !== "") {
    throw new XmlError("text stands outside of the root element");
  }
}

function resolve(text: string): string {
  const resolved = unescapeXml(text);
  if (resolved === undefined) {
    throw new XmlError("an entity is not known");
  }
  return resolved;
}
