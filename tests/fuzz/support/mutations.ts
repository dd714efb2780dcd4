import fc from "fast-check";
import { nastyChunks, nastyDocuments, nastyTexts, nastyValues } from "./nasty-values.ts";
import type { RecordedRequest } from "./recorded-request.ts";

/** A change to a request that says what it does. */
export interface Mutation {
  readonly what: string;
  apply(request: RecordedRequest): RecordedRequest;
}

const text = fc.oneof(fc.constantFrom(...nastyTexts), fc.string({ unit: "grapheme", maxLength: 40 }));
/** What can stand in a request line or a header without ending it. */
const lineText = text.map((each) => each.replaceAll(/[^\t\x20-\x7e\x80-\uffff]/g, "?"));

/** Any change to a request. */
export function anyMutation(): fc.Arbitrary<Mutation> {
  return fc.oneof(
    { weight: 2, arbitrary: pathMutation() },
    { weight: 3, arbitrary: queryMutation() },
    { weight: 3, arbitrary: headerMutation() },
    { weight: 4, arbitrary: memberMutation() },
    { weight: 2, arbitrary: bytesMutation() },
    { weight: 1, arbitrary: documentMutation() },
    { weight: 1, arbitrary: chunkedMutation() },
    { weight: 1, arbitrary: methodMutation() },
  );
}

function pathMutation(): fc.Arbitrary<Mutation> {
  return fc.tuple(fc.nat(), lineText).map(([at, part]) => ({
    what: `path gets ${JSON.stringify(part.slice(0, 60))}`,
    apply(request) {
      const segments = request.path.split("/");
      segments[1 + (at % segments.length)] = part.replaceAll(/[ #?]/g, "%20");
      return { ...request, path: segments.join("/") };
    },
  }));
}

const queryNames = [
  "max-keys",
  "partNumber",
  "uploadId",
  "versionId",
  "encoding-type",
  "list-type",
  "continuation-token",
];
const subresources = [
  "acl",
  "policy",
  "tagging",
  "uploads",
  "delete",
  "torrent",
  "location",
  "lifecycle",
  "attributes",
];

function queryMutation(): fc.Arbitrary<Mutation> {
  const name = fc.oneof(fc.constantFrom(...queryNames, ...subresources), lineText);
  return fc.tuple(name, fc.option(lineText), fc.boolean()).map(([key, value, isAdded]) => ({
    what: `query ${isAdded ? "also has" : "is"} ${key}=${String(value).slice(0, 60)}`,
    apply(request) {
      const raw = value === null ? key : `${key}=${value}`;
      const pair = raw.replaceAll(/[ #?&]/g, "%20");
      return { ...request, query: isAdded && request.query !== "" ? `${request.query}&${pair}` : pair };
    },
  }));
}

const headerNames = [
  "content-type",
  "content-encoding",
  "content-md5",
  "content-length",
  "transfer-encoding",
  "expect",
  "range",
  "if-match",
  "if-modified-since",
  "x-amz-target",
  "x-amz-content-sha256",
  "x-amz-decoded-content-length",
  "x-amz-trailer",
  "x-amz-sdk-checksum-algorithm",
  "x-amz-checksum-crc32",
  "x-amz-checksum-crc64nvme",
  "x-amz-copy-source",
  "x-amz-copy-source-range",
  "x-amz-meta-a",
  "x-amz-tagging",
  "x-amz-storage-class",
  "x-amz-security-token",
  "x-amzn-query-mode",
  "smithy-protocol",
  "accept",
];
const headerValues = [
  "application/json",
  "application/cbor",
  "application/x-www-form-urlencoded",
  "text/xml; charset=utf-16",
  "multipart/form-data; boundary=x",
  "aws-chunked",
  "gzip",
  "chunked",
  "100-continue",
  "rpc-v2-cbor",
  "UNSIGNED-PAYLOAD",
  "STREAMING-AWS4-HMAC-SHA256-PAYLOAD",
  "STREAMING-UNSIGNED-PAYLOAD-TRAILER",
  "SageMaker.ListModels",
  "SageMaker.NoSuchOperation",
  "x".repeat(30_000),
];

function headerMutation(): fc.Arbitrary<Mutation> {
  const value = fc.option(fc.oneof(fc.constantFrom(...headerValues), lineText));
  return fc.tuple(fc.constantFrom(...headerNames), value).map(([name, given]) => ({
    what: given === null ? `without ${name}` : `${name}: ${given.slice(0, 60)}`,
    apply(request) {
      const { [name]: _, ...others } = request.headers;
      return { ...request, headers: given === null ? others : { ...others, [name]: given } };
    },
  }));
}

/** Changes one member of a JSON document, a value of a form or the text of an XML element. */
function memberMutation(): fc.Arbitrary<Mutation> {
  return fc.tuple(fc.nat(), fc.oneof(fc.constantFrom(...nastyValues), fc.jsonValue())).map(([at, value]) => ({
    what: `member ${at} is ${String(JSON.stringify(value)).slice(0, 60)}`,
    apply: (request) => ({ ...request, body: replaceMember(request.body, at, value) }),
  }));
}

function replaceMember(body: Buffer, at: number, value: unknown): Buffer {
  const document = body.toString();
  const plain = typeof value === "string" ? value : String(JSON.stringify(value));
  const [pattern, replacement] = document.startsWith("{")
    ? [/(?<=":)("(?:[^"\\]|\\.)*"|-?[\d.]+|true|false|null)/g, String(JSON.stringify(value))]
    : document.startsWith("<")
      ? [/(?<=>)[^<]*(?=<)/g, plain]
      : [/(?<==)[^&]*/g, encodeURIComponent(Buffer.from(plain).toString())];
  const places = [...document.matchAll(pattern)];
  const place = places[at % Math.max(places.length, 1)];
  if (place === undefined) {
    return Buffer.from(plain);
  }
  return Buffer.from(document.slice(0, place.index) + replacement + document.slice(place.index + place[0].length));
}

/** Overwrites, cuts or repeats bytes of the body. */
function bytesMutation(): fc.Arbitrary<Mutation> {
  const bytes = fc.uint8Array({ minLength: 1, maxLength: 6 });
  return fc.tuple(fc.nat(), bytes, fc.constantFrom("overwritten", "cut", "repeated")).map(([at, noise, how]) => ({
    what: `body is ${how} at ${at}`,
    apply(request) {
      const { body } = request;
      const place = at % (body.length + 1);
      const [head, tail] = [body.subarray(0, place), body.subarray(place)];
      const rest = { overwritten: [noise, tail.subarray(noise.length)], cut: [], repeated: [head, tail] }[how] ?? [];
      return { ...request, body: Buffer.concat([head, ...rest]) };
    },
  }));
}

function documentMutation(): fc.Arbitrary<Mutation> {
  return fc.constantFrom(...nastyDocuments).map((body) => ({
    what: `body is ${body.length} bytes: ${body.toString("latin1", 0, 40)}`,
    apply: (request) => ({ ...request, body }),
  }));
}

function chunkedMutation(): fc.Arbitrary<Mutation> {
  const kinds = [
    "STREAMING-UNSIGNED-PAYLOAD-TRAILER",
    "STREAMING-AWS4-HMAC-SHA256-PAYLOAD",
    "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER",
  ];
  const length = fc.constantFrom("5", "0", "-1", "99999999999999999999", "x");
  return fc.tuple(fc.constantFrom(...nastyChunks), fc.constantFrom(...kinds), length).map(([body, kind, decoded]) => ({
    what: `aws-chunked ${kind} of ${decoded}: ${body.toString("latin1", 0, 40)}`,
    apply: (request) => ({
      ...request,
      body,
      headers: {
        ...request.headers,
        "content-encoding": "aws-chunked",
        "x-amz-content-sha256": kind,
        "x-amz-decoded-content-length": decoded,
        "x-amz-trailer": "x-amz-checksum-crc32",
      },
    }),
  }));
}

function methodMutation(): fc.Arbitrary<Mutation> {
  return fc.constantFrom("GET", "PUT", "POST", "DELETE", "HEAD", "OPTIONS", "PATCH", "TRACE").map((method) => ({
    what: `method is ${method}`,
    apply: (request) => ({ ...request, method }),
  }));
}
