import { writeCbor } from "./cbor/cbor-writer.ts";
import {
  EVENT_STREAM_TYPE,
  eventStreamMember,
  type EventStreamMember,
  writeEventStream,
} from "./event-stream/write-event-stream.ts";
import type { WireResponse } from "./http.ts";
import { jsonWriters, type WriteJson } from "./json/json-writer.ts";
import type { Protocol } from "./model/service-model-file.ts";
import type { OperationModel } from "./model/service-model.ts";
import { emptyStructure, type Shape } from "./model/shape.ts";
import { restJsonOutput, restXmlOutput, writeRestOutput } from "./rest/write-rest-output.ts";
import { escapeXml } from "./xml/escape-xml.ts";
import { XML_DECLARATION } from "./xml/xml-declaration.ts";
import { xmlWithMilliseconds, xmlWithSeconds } from "./xml/xml-writer.ts";

const awsJsonWriter: (shape: Shape) => WriteJson = jsonWriters({ jsonNames: false });

/** The response to a call that went well. Members of `output` that the model does not name are left out. */
export function serialiseOutput(
  operation: OperationModel,
  protocol: Protocol,
  output: object,
  requestId: string,
): WireResponse {
  switch (protocol) {
    case "awsJson1_0":
    case "awsJson1_1":
      return awsJsonOutput(operation, protocol, output, requestId);
    case "rpcv2Cbor":
      return cborOutput(operation, output, requestId);
    case "awsQuery":
      return awsQueryOutput(operation, output, requestId);
    case "ec2Query":
      return ec2QueryOutput(operation, output, requestId);
    case "restJson1":
      return withRequestId(
        writeRestOutput(operation, output as Record<string, unknown>, restJsonOutput),
        "x-amzn-requestid",
        requestId,
      );
    case "restXml":
      return withRequestId(
        writeRestOutput(operation, output as Record<string, unknown>, restXmlOutput),
        "x-amz-request-id",
        requestId,
      );
  }
}

/** The content type of an awsJson body: `application/x-amz-json-1.1`. */
export function jsonContentType(protocol: "awsJson1_0" | "awsJson1_1"): string {
  return `application/x-amz-json-${protocol === "awsJson1_0" ? "1.0" : "1.1"}`;
}

function withRequestId(response: WireResponse, header: string, requestId: string): WireResponse {
  response.headers[header] = requestId;
  return response;
}

/** An operation that has no output answers an empty body, as AWS does; one whose output has no members answers `{}`. */
function awsJsonOutput(
  operation: OperationModel,
  protocol: "awsJson1_0" | "awsJson1_1",
  output: object,
  requestId: string,
): WireResponse {
  const stream = operation.eventStreamOutput ? eventStreamMember(operation.output) : undefined;
  if (stream !== undefined) {
    return awsJsonEvents(stream, output as Record<string, unknown>, requestId, jsonContentType(protocol));
  }
  return {
    status: 200,
    headers: { "content-type": jsonContentType(protocol), "x-amzn-requestid": requestId },
    body: operation.output === emptyStructure ? "" : awsJsonWriter(operation.output)(output),
  };
}

/** RPC protocols have no headers for an output's other members, so a first event carries them. */
function awsJsonEvents(
  { name, events }: EventStreamMember,
  { [name]: source, ...others }: Record<string, unknown>,
  requestId: string,
  contentType: string,
): WireResponse {
  const initial = {
    headers: { ":message-type": "event", ":event-type": "initial-response", ":content-type": contentType },
    body: Buffer.from(JSON.stringify(others), "utf8"),
  };
  const format = {
    contentType,
    write: (shape: Shape, value: unknown): string => awsJsonWriter(shape)(value),
  };
  return {
    status: 200,
    headers: { "content-type": EVENT_STREAM_TYPE, "x-amzn-requestid": requestId },
    body: writeEventStream(events, source as AsyncIterable<unknown>, format, initial),
  };
}

function cborOutput(operation: OperationModel, output: object, requestId: string): WireResponse {
  return {
    status: 200,
    headers: {
      "content-type": "application/cbor",
      "smithy-protocol": "rpc-v2-cbor",
      "x-amzn-requestid": requestId,
    },
    body: writeCbor(operation.output, output),
  };
}

function awsQueryOutput(operation: OperationModel, output: object, requestId: string): WireResponse {
  const { name, service } = operation;
  const content = xmlWithSeconds.content(operation.output)(output);
  // boto looks for the result of every operation that has an output, also of those whose output has no members.
  const result = operation.output === emptyStructure ? "" : `<${name}Result>${content}</${name}Result>`;
  const metadata = `<ResponseMetadata><RequestId>${escapeXml(requestId)}</RequestId></ResponseMetadata>`;
  return {
    status: 200,
    headers: { "content-type": "text/xml", "x-amzn-requestid": requestId },
    body: `<${name}Response xmlns="${service.xmlNamespace}">${result}${metadata}</${name}Response>`,
  };
}

function ec2QueryOutput(operation: OperationModel, output: object, requestId: string): WireResponse {
  const { name, service } = operation;
  const content = xmlWithMilliseconds.content(operation.output)(output);
  return {
    status: 200,
    headers: { "content-type": "text/xml;charset=UTF-8", "x-amzn-requestid": requestId },
    body:
      `${XML_DECLARATION}<${name}Response xmlns="${service.xmlNamespace}/">` +
      `<requestId>${escapeXml(requestId)}</requestId>${content}</${name}Response>`,
  };
}
