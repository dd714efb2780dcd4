import { EVENT_STREAM_TYPE, type EventFormat, writeEventStream } from "../event-stream/write-event-stream.ts";
import type { WireResponse } from "../http.ts";
import { jsonWriters, type WriteJson } from "../json/json-writer.ts";
import type { OperationModel } from "../model/service-model.ts";
import { isStructure, type Member, type Shape, type StructureShape } from "../model/shape.ts";
import { namespaceAttribute, xmlWithMilliseconds } from "../xml/xml-writer.ts";
import { XML_DECLARATION } from "../xml/xml-declaration.ts";
import { headerText, outputBindings, type OutputBindings } from "./output-bindings.ts";

type Output = Readonly<Record<string, unknown>>;

const restJsonWriter: (shape: Shape) => WriteJson = jsonWriters({ jsonNames: true });

interface Document {
  readonly contentType: string;
  readonly text: string;
}

/** Writes the document of a REST answer: the members that share the body, or one payload member. */
type WriteDocument = (shape: StructureShape, value: unknown, operation: OperationModel, rootName: string) => Document;

/** What the two REST protocols do differently on the way out. */
export interface RestWriter {
  readonly document: WriteDocument;
  readonly events: EventFormat;
}

const restJsonDocument: WriteDocument = (shape, value) => ({
  contentType: "application/json",
  text: restJsonWriter(shape)(value),
});

export const restJsonOutput: RestWriter = {
  document: restJsonDocument,
  events: { contentType: "application/json", write: (shape, value) => restJsonWriter(shape)(value) },
};

const restXmlDocument: WriteDocument = (shape, value, { service, unwrappedOutput }, rootName) => {
  const [only] = shape.members;
  const content =
    unwrappedOutput && only !== undefined
      ? unwrapped(only, value as Output)
      : xmlWithMilliseconds.content(shape)(value);
  const namespace = service.xmlNamespace === "" ? "" : namespaceAttribute(["", service.xmlNamespace]);
  return {
    contentType: "application/xml",
    text: `${XML_DECLARATION}<${rootName}${namespace}>${content}</${rootName}>`,
  };
};

export const restXmlOutput: RestWriter = {
  document: restXmlDocument,
  events: {
    contentType: "text/xml",
    write: (shape, value) => `<${shape.name}>${xmlWithMilliseconds.content(shape)(value)}</${shape.name}>`,
  },
};

/** The text of an output's one member, without its element. */
function unwrapped(member: Member, output: Output): string {
  const { shape } = member;
  const value = output[member.name];
  if (isStructure(shape) || shape.type === "list" || shape.type === "map") {
    throw new TypeError(`${member.name} is not a scalar`);
  }
  return value === undefined || value === null ? "" : xmlWithMilliseconds.scalar(shape)(value);
}

/** Spreads a REST operation's output over status, headers and body. */
export function writeRestOutput(operation: OperationModel, output: Output, writer: RestWriter): WireResponse {
  const bindings = outputBindings(operation.output)();
  const headers = writeHeaders(bindings, output);
  const { body, contentType } = writeBody(bindings, operation, output, writer);
  if (contentType !== undefined) {
    headers["content-type"] ??= contentType;
  }
  return { status: statusOf(bindings, operation, output), headers, body };
}

function statusOf({ statusMember }: OutputBindings, operation: OperationModel, output: Output): number {
  const set = statusMember === undefined ? undefined : output[statusMember];
  return typeof set === "number" ? set : (operation.http?.status ?? 200);
}

function writeHeaders(bindings: OutputBindings, output: Output): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const { name, header, write } of bindings.headers) {
    const value = output[name];
    if (value !== undefined && value !== null) {
      headers[header] = write(value);
    }
  }
  for (const { name, prefix } of bindings.prefixHeaders) {
    for (const [key, value] of Object.entries((output[name] ?? {}) as Record<string, string>)) {
      headers[`${prefix}${key.toLowerCase()}`] = headerText(value);
    }
  }
  return headers;
}

interface Body {
  readonly body: WireResponse["body"];
  readonly contentType?: string;
}

function writeBody(
  { payload, body }: OutputBindings,
  operation: OperationModel,
  output: Output,
  writer: RestWriter,
): Body {
  if (payload !== undefined) {
    return writePayload(payload, operation, output[payload.name], writer);
  }
  if (body === undefined) {
    return { body: undefined };
  }
  const { xmlName, name } = operation.output;
  const document = writer.document(body, output, operation, xmlName ?? name);
  return { body: document.text, contentType: document.contentType };
}

function writePayload(
  { shape, name, xmlName }: Member,
  operation: OperationModel,
  value: unknown,
  writer: RestWriter,
): Body {
  if (value === undefined || value === null) {
    return { body: undefined };
  }
  if (isStructure(shape) && shape.eventStream === true) {
    const body = writeEventStream(shape, value as AsyncIterable<unknown>, writer.events);
    return { body, contentType: EVENT_STREAM_TYPE };
  }
  if (isStructure(shape)) {
    const document = writer.document(shape, value, operation, xmlName ?? shape.xmlName ?? shape.name ?? name);
    return { body: document.text, contentType: document.contentType };
  }
  return shape.type === "blob"
    ? { body: value as WireResponse["body"], contentType: "application/octet-stream" }
    : { body: value as string };
}
