import { malformedXml, invalidArgument, serializationException } from "../errors/request-errors.ts";
import type { WireRequest } from "../http.ts";
import { jsonScalar } from "../json/json-scalars.ts";
import { parseJson } from "../json/parse-json.ts";
import { type ReadTree, treeReaders } from "../json/tree-reader.ts";
import { setOwn } from "../model/set-own.ts";
import type { OperationModel } from "../model/service-model.ts";
import { isStructure, type Member, type Shape, type StructureShape } from "../model/shape.ts";
import { parseXml, XmlError } from "../xml/parse-xml.ts";
import { xmlStructureReader } from "../xml/xml-reader.ts";
import { collectedBody } from "../collected-body.ts";
import { inputBindings, type InputBindings, type TextBinding } from "./input-bindings.ts";
import { parseQuery, type QueryParameters } from "./query-parameters.ts";

const restJsonReader: (shape: Shape) => ReadTree = treeReaders({ scalar: jsonScalar, jsonNames: true });

/** What the two REST protocols do differently on the way in. */
export interface RestDialect {
  readonly readBody: (shape: StructureShape, body: Uint8Array) => Record<string, unknown>;
  /** The error for a label, header or query parameter that is not of its type. */
  readonly refuse: (binding: TextBinding, text: string) => Error;
}

const jsonTargets: Readonly<Record<string, string>> = { integer: "an Integer", long: "a Long", boolean: "a Boolean" };

export const restJson1: RestDialect = {
  readBody: (shape, body) => restJsonReader(shape)(parseJson(body)) as Record<string, unknown>,
  refuse: ({ type }) =>
    serializationException(`STRING_VALUE can not be converted to ${jsonTargets[type] ?? `a ${type}`}`),
};

export const restXml: RestDialect = {
  readBody: (shape, body) => readXmlBody(shape, body),
  refuse: ({ wireName }, text) => invalidArgument(wireName, text),
};

const utf8 = new TextDecoder("utf-8", { fatal: true });

/** The root element's name is not looked at, as S3 does not. */
function readXmlBody(shape: StructureShape, body: Uint8Array): Record<string, unknown> {
  try {
    return xmlStructureReader(shape)(parseXml(utf8.decode(body)));
  } catch (error) {
    // Of what is called here the decoder alone throws TypeError.
    if (error instanceof XmlError || error instanceof TypeError) {
      throw malformedXml();
    }
    throw error;
  }
}

/** Gathers a REST operation's input from labels, query, headers and body. */
export function readRestInput(
  operation: OperationModel,
  request: WireRequest,
  labels: Readonly<Record<string, string>>,
  dialect: RestDialect,
): Record<string, unknown> {
  const bindings = inputBindings(operation.input)();
  const input: Record<string, unknown> = {};
  for (const binding of bindings.labels) {
    readOne(binding, labels[binding.wireName], input, dialect);
  }
  for (const binding of bindings.headers) {
    const text = request.headers[binding.wireName];
    readHeader(binding, text, input, dialect);
  }
  if (request.query !== "") {
    const query = parseQuery(request.query);
    readQueryMembers(bindings, query, input, dialect);
    readOtherQuery(bindings, operation, query, input);
  }
  for (const { name, prefix } of bindings.prefixHeaders) {
    input[name] = headersWithPrefix(request.headers, prefix);
  }
  readBodyMembers(bindings, request, input, dialect);
  return input;
}

function readOne(
  binding: TextBinding,
  text: string | undefined,
  input: Record<string, unknown>,
  dialect: RestDialect,
): void {
  if (text === undefined) {
    return;
  }
  const value = binding.read(text);
  if (value !== undefined) {
    input[binding.name] = value;
  } else if (!binding.lenient && text !== "") {
    throw dialect.refuse(binding, text);
  }
}

function readHeader(
  binding: TextBinding,
  text: string | undefined,
  input: Record<string, unknown>,
  dialect: RestDialect,
): void {
  if (text !== undefined && binding.list) {
    input[binding.name] = readList(binding, splitHeader(text), dialect);
  } else {
    readOne(binding, text, input, dialect);
  }
}

/** The items of a list header; an item that holds a comma is quoted. */
function splitHeader(text: string): readonly string[] {
  const items = text.match(/"(?:[^"\\]|\\.)*"|[^,]+/g) ?? [];
  return items
    .map((item) => item.trim())
    .filter((item) => item !== "")
    .map((item) => (item.startsWith('"') ? item.slice(1, -1).replace(/\\(.)/g, "$1") : item));
}

function readList(binding: TextBinding, texts: readonly string[], dialect: RestDialect): readonly unknown[] {
  return texts.map((text) => {
    const value = binding.read(text);
    if (value === undefined) {
      throw dialect.refuse(binding, text);
    }
    return value;
  });
}

function readQueryMembers(
  bindings: InputBindings,
  query: QueryParameters,
  input: Record<string, unknown>,
  dialect: RestDialect,
): void {
  for (const binding of bindings.query) {
    const values = query.get(binding.wireName);
    if (values !== undefined && binding.list) {
      input[binding.name] = readList(binding, values, dialect);
    } else {
      readOne(binding, values?.[0], input, dialect);
    }
  }
}

/** What neither a member nor the operation's address takes. */
function readOtherQuery(
  bindings: InputBindings,
  { http }: OperationModel,
  query: QueryParameters,
  input: Record<string, unknown>,
): void {
  if (bindings.otherQuery === undefined) {
    return;
  }
  const taken = new Set([...bindings.query.map(({ wireName }) => wireName), ...Object.keys(http?.query ?? {})]);
  const others: Record<string, unknown> = {};
  for (const [name, values] of query) {
    if (!taken.has(name)) {
      setOwn(others, name, values[0]);
    }
  }
  input[bindings.otherQuery] = others;
}

function headersWithPrefix(headers: Readonly<Record<string, string>>, prefix: string): Record<string, string> {
  const found: Record<string, string> = {};
  for (const name of Object.keys(headers)) {
    if (name.startsWith(prefix)) {
      setOwn(found, name.slice(prefix.length), headers[name]);
    }
  }
  return found;
}

function readBodyMembers(
  { payload, body }: InputBindings,
  request: WireRequest,
  input: Record<string, unknown>,
  dialect: RestDialect,
): void {
  if (payload !== undefined) {
    const value = readPayload(payload, request, dialect);
    if (value !== undefined) {
      input[payload.name] = value;
    }
  } else if (body !== undefined) {
    const bytes = collectedBody(request);
    if (bytes.length > 0) {
      Object.assign(input, dialect.readBody(body, bytes));
    }
  }
}

function readPayload({ shape, required }: Member, request: WireRequest, dialect: RestDialect): unknown {
  if (shape.type === "blob") {
    // A request cannot say whether it has an empty body or none; an optional payload that is empty was not given.
    const isEmpty = request.body instanceof Uint8Array && request.body.length === 0;
    return isEmpty && !required && shape.streaming !== true ? undefined : request.body;
  }
  const bytes = collectedBody(request);
  if (isStructure(shape)) {
    return bytes.length === 0 ? undefined : dialect.readBody(shape, bytes);
  }
  return Buffer.from(bytes).toString("utf8");
}
