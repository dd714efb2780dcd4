import type { AwsError } from "./aws-error.ts";
import { writeCbor } from "./cbor/cbor-writer.ts";
import type { WireResponse } from "./http.ts";
import { jsonWriters, type WriteJson } from "./json/json-writer.ts";
import { compileOnce } from "./model/compile-once.ts";
import type { Protocol } from "./model/service-model-file.ts";
import type { ErrorModel, ServiceModel } from "./model/service-model.ts";
import type { Member, ScalarShape, Shape, StructureShape } from "./model/shape.ts";
import { headerText, outputBindings } from "./rest/output-bindings.ts";
import { jsonContentType } from "./serialise-output.ts";
import { escapeXml } from "./xml/escape-xml.ts";
import { XML_DECLARATION } from "./xml/xml-declaration.ts";
import { xmlWithMilliseconds } from "./xml/xml-writer.ts";

/** What of the failed request an error body repeats. */
export interface FailedRequest {
  readonly method: string;
  readonly path: string;
}

/** An error with what its model adds. */
interface ResolvedError {
  readonly error: AwsError;
  readonly requestId: string;
  readonly service: ServiceModel;
  readonly model: ErrorModel | undefined;
  readonly status: number;
  /** Code in the query protocol, and in S3 and EC2. */
  readonly queryCode: string;
  readonly sender: "Sender" | "Receiver";
}

/**
 * The response to a call that failed, in the form of the request's protocol. Modelled errors get their status, their
 * code on the wire and their members from the model; others the status they carry.
 */
// oxlint-disable-next-line max-params -- called from the one place that renders errors, which holds these five apart
export function serialiseError(
  service: ServiceModel,
  protocol: Protocol,
  error: AwsError,
  requestId: string,
  request: FailedRequest,
): WireResponse {
  const resolved = resolveError(service, protocol, error, requestId);
  switch (protocol) {
    case "awsQuery":
      return awsQueryError(resolved);
    case "ec2Query":
      return ec2QueryError(resolved);
    case "restXml":
      return s3Error(resolved, request);
    case "rpcv2Cbor":
      return cborError(resolved);
    case "restJson1":
      return jsonError(resolved, "application/json", restJsonWriter);
    case "awsJson1_0":
    case "awsJson1_1":
      return jsonError(resolved, jsonContentType(protocol), awsJsonWriter);
  }
}

function resolveError(service: ServiceModel, protocol: Protocol, error: AwsError, requestId: string): ResolvedError {
  const model = service.errors.get(error.code);
  const queryStatus = protocol === "awsQuery" ? model?.queryStatus : undefined;
  const status = queryStatus ?? model?.status ?? error.status;
  return {
    error,
    requestId,
    service,
    model,
    status,
    queryCode: model?.queryCode ?? error.code,
    sender: status < 500 ? "Sender" : "Receiver",
  };
}

function awsQueryError(resolved: ResolvedError): WireResponse {
  const { error, service, requestId, sender, queryCode } = resolved;
  return {
    status: resolved.status,
    headers: { ...error.headers, "content-type": "text/xml", "x-amzn-requestid": requestId },
    body:
      `<ErrorResponse xmlns="${service.xmlNamespace}"><Error><Type>${sender}</Type>` +
      `<Code>${escapeXml(queryCode)}</Code><Message>${escapeXml(error.message)}</Message>${membersXml(resolved)}</Error>` +
      `<RequestId>${escapeXml(requestId)}</RequestId></ErrorResponse>`,
  };
}

function ec2QueryError({ error, requestId, status, queryCode }: ResolvedError): WireResponse {
  return {
    status,
    headers: { ...error.headers, "content-type": "text/xml;charset=UTF-8", "x-amzn-requestid": requestId },
    body:
      `${XML_DECLARATION}<Response><Errors><Error><Code>${escapeXml(queryCode)}</Code>` +
      `<Message>${escapeXml(error.message)}</Message></Error></Errors>` +
      `<RequestID>${escapeXml(requestId)}</RequestID></Response>`,
  };
}

/** A HEAD request's error is told by its status alone. So is 304, which may carry no body. */
function s3Error(resolved: ResolvedError, request: FailedRequest): WireResponse {
  const { error, requestId, status, queryCode } = resolved;
  const headers = { ...error.headers, "x-amz-request-id": requestId };
  if (request.method === "HEAD" || status === 304) {
    return { status, headers, body: undefined };
  }
  return {
    status,
    headers: { ...headers, "content-type": "application/xml" },
    body:
      `${XML_DECLARATION}<Error><Code>${escapeXml(queryCode)}</Code><Message>${escapeXml(error.message)}</Message>` +
      `${membersXml(resolved)}<Resource>${escapeXml(decodedPath(request.path))}</Resource>` +
      `<RequestId>${escapeXml(requestId)}</RequestId></Error>`,
  };
}

function decodedPath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** The members beside the message. Those that no model names are written as text: S3 adds many (`Key`, `BucketName`). */
function membersXml({ error, model }: ResolvedError): string {
  let text = "";
  for (const [name, value] of Object.entries(error.members)) {
    const member = model?.shape.members.find((candidate) => candidate.name === name);
    if (member !== undefined && value !== undefined && value !== null) {
      text += xmlWithMilliseconds.member(member, member.xmlName ?? name)(value);
    } else if (value !== undefined && value !== null) {
      text += `<${name}>${escapeXml(typeof value === "string" ? value : JSON.stringify(value))}</${name}>`;
    }
  }
  return text;
}

const awsJsonWriter: (shape: Shape) => WriteJson = jsonWriters({ jsonNames: false });
const restJsonWriter: (shape: Shape) => WriteJson = jsonWriters({ jsonNames: true });

function jsonError(resolved: ResolvedError, contentType: string, writerOf: (shape: Shape) => WriteJson): WireResponse {
  const shape = errorBodyShape(resolved);
  return {
    status: resolved.status,
    headers: { ...jsonErrorHeaders(resolved), "content-type": contentType },
    body: writerOf(shape)(errorBody(resolved)),
  };
}

function cborError(resolved: ResolvedError): WireResponse {
  return {
    status: resolved.status,
    headers: {
      ...jsonErrorHeaders(resolved),
      "content-type": "application/cbor",
      "smithy-protocol": "rpc-v2-cbor",
    },
    body: writeCbor(errorBodyShape(resolved), errorBody(resolved)),
  };
}

function jsonErrorHeaders(resolved: ResolvedError): Record<string, string> {
  const { error, requestId, service, model, queryCode, sender } = resolved;
  const headers: Record<string, string> = {
    ...error.headers,
    "x-amzn-requestid": requestId,
    "x-amzn-errortype": headerText(error.code),
  };
  if (service.queryCompatible) {
    headers["x-amzn-query-error"] = `${headerText(queryCode)};${sender}`;
  }
  for (const { name, header, write } of model === undefined ? [] : outputBindings(model.shape)().headers) {
    const value = error.members[name];
    if (value !== undefined) {
      headers[header] = write(value);
    }
  }
  return headers;
}

const text: ScalarShape = { type: "string" };

const type: Member = { name: "__type", required: true, shape: text };
const message: Member = { name: "message", required: false, shape: text };
const unmodelledBody: StructureShape = { type: "structure", name: "", members: [type, message] };

/** The message goes under the name the model gives it (`message`, `Message`); without a model under `message`. */
function errorBodyShape({ model }: ResolvedError): StructureShape {
  return model === undefined ? unmodelledBody : modelledBody(model)();
}

const modelledBody: (model: ErrorModel) => () => StructureShape = compileOnce((model: ErrorModel) => {
  const members = model.shape.members.filter(({ httpHeader }) => httpHeader === undefined);
  const named = members.some(isMessage);
  const shape: StructureShape = { ...model.shape, members: [type, ...(named ? [] : [message]), ...members] };
  return () => shape;
});

function errorBody({ error, model }: ResolvedError): Record<string, unknown> {
  const messageName = model?.shape.members.find(isMessage)?.name ?? "message";
  return { ...error.members, __type: error.code, [messageName]: error.message };
}

function isMessage({ name }: Member): boolean {
  return name.toLowerCase() === "message";
}
