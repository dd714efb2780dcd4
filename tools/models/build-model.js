import { dereference, readClient, readTraits } from "./client-schema.js";
import { ShapeTable } from "./shape-table.js";

/** botocore's protocol names; `json` needs the version that stands beside it. @type {Readonly<Record<string, string>>} */
const protocolNames = {
  "rest-json": "restJson1",
  "rest-xml": "restXml",
  query: "awsQuery",
  ec2: "ec2Query",
  "smithy-rpc-v2-cbor": "rpcv2Cbor",
};

/** Static query parameter that clients add to tell operations apart in their logs; boto never sends it. */
const OPERATION_HINT = "x-id";

/**
 * Joins a client package's schemas and a botocore model into one service model (`ServiceModelFile` of @clary/wire).
 *
 * @param {import("./services.js").ServiceSource} source
 * @param {Record<string, any>} client the client package's exports
 * @param {import("./botocore-models.js").BotocoreModel} botocore
 */
export function buildModel(source, client, botocore) {
  const table = new ShapeTable(source.id, currentShapes(source, botocore));
  const { operations, errors } = readClient(client);
  const facts = serviceFacts(source, botocore);
  return {
    ...facts,
    operations: operations.map((schema) => buildOperation(schema, { source, table, botocore })),
    errors: errors.map((schema) => buildError(schema, source, table)),
    shapes: table.shapes,
  };
}

/**
 * botocore's shapes without the bounds that no longer hold.
 *
 * @param {import("./services.js").ServiceSource} source
 * @param {import("./botocore-models.js").BotocoreModel} botocore
 */
function currentShapes({ id, outgrownShapes = [] }, { shapes }) {
  const current = { ...shapes };
  for (const name of outgrownShapes) {
    if (shapes[name] === undefined) {
      throw new Error(`${id}: there is no shape ${name}`);
    }
    const { min: _min, max: _max, ...rest } = shapes[name];
    current[name] = rest;
  }
  return current;
}

/**
 * @param {import("./services.js").ServiceSource} source
 * @param {import("./botocore-models.js").BotocoreModel} botocore
 */
function serviceFacts(source, { metadata, operations }) {
  const protocols = /** @type {string[]} */ (metadata.protocols ?? [metadata.protocol]);
  // S3 alone keeps its namespace with its operations.
  const fromOperation = Object.values(operations).find((operation) => operation.input?.xmlNamespace !== undefined);
  return {
    id: source.id,
    serviceId: metadata.serviceId,
    protocols: protocols.map((name) =>
      name === "json" ? `awsJson${metadata.jsonVersion.replace(".", "_")}` : protocolNames[name],
    ),
    targetPrefix: metadata.targetPrefix ?? "",
    signingName: metadata.signingName ?? metadata.endpointPrefix,
    endpointPrefixes: [metadata.endpointPrefix],
    globalEndpoint: metadata.globalEndpoint,
    apiVersion: metadata.apiVersion,
    xmlNamespace: metadata.xmlNamespace ?? fromOperation?.input.xmlNamespace.uri ?? "",
    queryCompatible: metadata.awsQueryCompatible !== undefined,
    constraintError: source.constraintError,
  };
}

/**
 * @param {any[]} schema
 * @param {{ source: import("./services.js").ServiceSource, table: ShapeTable, botocore: import("./botocore-models.js").BotocoreModel }} service
 */
function buildOperation(schema, { source, table, botocore }) {
  const [, , name, rawTraits, input, output] = schema;
  const traits = readTraits(rawTraits);
  const known = { input: {}, output: {}, ...botocore.operations[name] };
  const inputShape = dereference(input);
  const outputShape = dereference(output);
  // What is undefined is left out of the file.
  return {
    name,
    http: traits.http && buildBinding(traits.http, inputShape),
    hostPrefix: traits.endpoint?.[0],
    unsigned: known.authtype === "none" || undefined,
    checksumRequired: known.httpChecksum?.requestChecksumRequired || undefined,
    unwrappedOutput: source.unwrappedOutputs?.includes(name) || undefined,
    input: inputShape && table.add(inputShape, known.input.shape),
    output: outputShape && table.add(outputShape, known.output.shape),
  };
}

/**
 * The path of a request without its query. The client leaves `{Bucket}` out of S3's paths, because it decides between
 * host and path later; a path-style server sees it.
 *
 * @param {[string, string, number]} http
 * @param {any} input
 */
function buildBinding([method, uri, status], input) {
  const [path = "/", query = ""] = uri.split("?");
  const labels = labelsOf(input);
  const withBucket = labels.includes("Bucket") && !path.includes("{Bucket}");
  const statics = [...new URLSearchParams(query)].filter(([name]) => name !== OPERATION_HINT);
  return {
    method,
    path: withBucket ? `/{Bucket}${path === "/" ? "" : path}` : path,
    query: statics.length === 0 ? undefined : Object.fromEntries(statics),
    status,
  };
}

/** @param {any} input */
function labelsOf(input) {
  const [, , , , names, schemas] = input ?? [0, 0, 0, 0, [], []];
  return names.filter((/** @type {string} */ _, /** @type {number} */ i) => {
    const member = schemas[i];
    return Array.isArray(member) && member.length === 2 && readTraits(member[1]).httpLabel !== undefined;
  });
}

/**
 * @param {any[]} schema
 * @param {import("./services.js").ServiceSource} source
 * @param {ShapeTable} table
 */
function buildError(schema, source, table) {
  const name = schema[2];
  const traits = readTraits(schema[3]);
  const status = traits.httpError ?? source.errorStatuses?.[name] ?? (traits.error === "server" ? 500 : 400);
  const [queryCode, queryStatus] = traits.awsQueryError ?? [];
  return {
    name,
    fault: traits.error ?? "client",
    status,
    queryCode,
    queryStatus,
    shape: table.add(schema, name),
  };
}
