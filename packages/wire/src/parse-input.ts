import { cborScalar } from "./cbor/cbor-scalars.ts";
import { CborError, decodeCbor } from "./cbor/decode-cbor.ts";
import { serializationException } from "./errors/request-errors.ts";
import type { WireRequest } from "./http.ts";
import { jsonScalar } from "./json/json-scalars.ts";
import { parseJson } from "./json/parse-json.ts";
import { type ReadTree, treeReaders } from "./json/tree-reader.ts";
import type { Protocol } from "./model/service-model-file.ts";
import type { OperationModel } from "./model/service-model.ts";
import type { Shape } from "./model/shape.ts";
import { parseForm } from "./query/parse-form.ts";
import { queryTree } from "./query/query-node.ts";
import { awsQueryReader, ec2QueryReader } from "./query/query-reader.ts";
import { collectedBody } from "./collected-body.ts";
import { readRestInput, restJson1, restXml } from "./rest/read-rest-input.ts";

const awsJsonReader: (shape: Shape) => ReadTree = treeReaders({ scalar: jsonScalar, jsonNames: false });
const cborReader: (shape: Shape) => ReadTree = treeReaders({ scalar: cborScalar, jsonNames: false });

/** Values of the labels in a REST request's path, decoded. */
export type Labels = Readonly<Record<string, string>>;

const noLabels: Labels = {};

/**
 * The input of an operation as its model describes it: strings, numbers, booleans, Dates, bytes, arrays and plain
 * objects. A streaming payload is the request's body as it is. Members that were not sent, or sent as null, are absent;
 * unknown ones are dropped. Throws AwsError in the protocol's own words for everything malformed, and checks no
 * constraints.
 */
export function parseInput(
  operation: OperationModel,
  protocol: Protocol,
  request: WireRequest,
  labels: Labels = noLabels,
): Record<string, unknown> {
  switch (protocol) {
    case "awsJson1_0":
    case "awsJson1_1":
      return awsJsonReader(operation.input)(parseJson(collectedBody(request))) as Record<string, unknown>;
    case "rpcv2Cbor":
      return cborReader(operation.input)(parseCbor(collectedBody(request))) as Record<string, unknown>;
    case "awsQuery":
      return awsQueryReader(operation.input)(queryTree(parseForm(formOf(request))));
    case "ec2Query":
      return ec2QueryReader(operation.input)(queryTree(parseForm(formOf(request))));
    case "restJson1":
      return readRestInput(operation, request, labels, restJson1);
    case "restXml":
      return readRestInput(operation, request, labels, restXml);
  }
}

function parseCbor(body: Uint8Array): unknown {
  if (body.length === 0) {
    return {};
  }
  try {
    return decodeCbor(body);
  } catch (error) {
    if (error instanceof CborError) {
      throw serializationException(`Could not parse the request body as CBOR: ${error.message}`);
    }
    throw error;
  }
}

/** Query requests carry their parameters in the body, or in the query string when they are sent by GET. */
function formOf(request: WireRequest): string {
  const body = collectedBody(request);
  return body.length === 0 ? request.query : Buffer.from(body).toString("utf8");
}
