import { describe, expect, it } from "vitest";
import { loadServiceModel } from "../model/load-service-model.ts";
import type { NamedMemberFile, OperationFile } from "../model/service-model-file.ts";
import { routeRest } from "./route-rest.ts";

const text = 0;

/** Inputs that operations are told apart by, each a structure with these members. */
const inputs: Readonly<Record<string, readonly NamedMemberFile[]>> = {
  plain: [],
  copy: [{ name: "CopySource", shape: text, httpHeader: "x-amz-copy-source", required: true }],
  part: [
    { name: "UploadId", shape: text, httpQuery: "uploadId", required: true },
    { name: "PartNumber", shape: text, httpQuery: "partNumber", required: true },
  ],
  partCopy: [
    { name: "UploadId", shape: text, httpQuery: "uploadId", required: true },
    { name: "PartNumber", shape: text, httpQuery: "partNumber", required: true },
    { name: "CopySource", shape: text, httpHeader: "x-amz-copy-source", required: true },
  ],
  qualified: [{ name: "Qualifier", shape: text, httpQuery: "Qualifier", required: true }],
};

const inputNames = Object.keys(inputs);

function operation(
  name: string,
  [method, path]: readonly [string, string],
  { query, input = "plain" }: { readonly query?: Readonly<Record<string, string>>; readonly input?: string } = {},
): OperationFile {
  const binding = { method, path, status: 200, ...(query === undefined ? {} : { query }) };
  return { name, http: binding, input: inputNames.indexOf(input) + 1 };
}

const model = loadServiceModel({
  id: "store",
  serviceId: "Store",
  protocols: ["restXml"],
  targetPrefix: "",
  signingName: "store",
  endpointPrefixes: ["store"],
  apiVersion: "2026-11-20",
  xmlNamespace: "",
  queryCompatible: false,
  constraintError: "InvalidArgument",
  operations: [
    operation("ListBuckets", ["GET", "/"]),
    operation("ListDirectoryBuckets", ["GET", "/"]),
    operation("ListObjects", ["GET", "/{Bucket}"]),
    operation("ListObjectsV2", ["GET", "/{Bucket}"], { query: { "list-type": "2" } }),
    operation("GetLocation", ["GET", "/{Bucket}"], { query: { location: "" } }),
    operation("GetObject", ["GET", "/{Bucket}/{Key+}"]),
    operation("PutObject", ["PUT", "/{Bucket}/{Key+}"]),
    operation("CopyObject", ["PUT", "/{Bucket}/{Key+}"], { input: "copy" }),
    operation("UploadPart", ["PUT", "/{Bucket}/{Key+}"], { input: "part" }),
    operation("UploadPartCopy", ["PUT", "/{Bucket}/{Key+}"], { input: "partCopy" }),
    operation("WriteResponse", ["POST", "/WriteResponse"]),
    operation("GetAlias", ["GET", "/functions/{Name}/aliases/{Alias}"]),
    operation("GetConcurrency", ["GET", "/functions/{Name}/concurrency"], { input: "qualified" }),
  ],
  errors: [],
  shapes: [
    { type: "string" },
    ...inputNames.map((name) => ({ type: "structure", name, members: inputs[name] ?? [] }) as const),
  ],
});

function route(request: string, headers: Record<string, string> = {}): string | undefined {
  const [method = "", target = ""] = request.split(" ");
  const [path = "", query = ""] = target.split("?");
  const found = routeRest(model, { method, path, query, headers });
  return found && `${found.operation.name} ${JSON.stringify(found.labels)}`;
}

describe("routeRest", () => {
  it.each([
    ["GET /", "ListBuckets {}"],
    ["GET /?x-id=ListDirectoryBuckets", "ListDirectoryBuckets {}"],
    ["GET /b", 'ListObjects {"Bucket":"b"}'],
    ["GET /b/", 'ListObjects {"Bucket":"b"}'],
    ["GET /b?list-type=2&prefix=x", 'ListObjectsV2 {"Bucket":"b"}'],
    ["GET /b?list-type=1", 'ListObjects {"Bucket":"b"}'],
    ["GET /b?location", 'GetLocation {"Bucket":"b"}'],
    ["GET /b?location=", 'GetLocation {"Bucket":"b"}'],
    ["GET /b/k", 'GetObject {"Bucket":"b","Key":"k"}'],
    ["GET /b/k/", 'GetObject {"Bucket":"b","Key":"k/"}'],
    ["GET /b//k", 'GetObject {"Bucket":"b","Key":"/k"}'],
    ["GET /b/a/../k", 'GetObject {"Bucket":"b","Key":"a/../k"}'],
    ["GET /b/a%2Fb%20c+d", 'GetObject {"Bucket":"b","Key":"a/b c+d"}'],
    ["PUT /b/k", 'PutObject {"Bucket":"b","Key":"k"}'],
    ["PUT /b/k?uploadId=u&partNumber=1", 'UploadPart {"Bucket":"b","Key":"k"}'],
    ["PUT /b/k?uploadId=u", 'PutObject {"Bucket":"b","Key":"k"}'],
    ["POST /WriteResponse", "WriteResponse {}"],
    ["GET /functions/f/aliases/a%3Ab", 'GetAlias {"Name":"f","Alias":"a:b"}'],
  ])("%s", (request, expected) => {
    expect(route(request)).toBe(expected);
  });

  it("tells a copy by its header", () => {
    const headers = { "x-amz-copy-source": "b/k" };
    expect(route("PUT /b/k", headers)).toBe('CopyObject {"Bucket":"b","Key":"k"}');
    expect(route("PUT /b/k?uploadId=u&partNumber=1", headers)).toBe('UploadPartCopy {"Bucket":"b","Key":"k"}');
  });

  it("gives a request without what its only operation requires to that operation", () => {
    expect(route("GET /functions/f/concurrency")).toBe('GetConcurrency {"Name":"f"}');
  });

  it.each(["POST /", "PATCH /b", "DELETE /b/k"])("knows nothing at %s", (request) => {
    expect(route(request)).toBeUndefined();
  });

  it("refuses a path that is not percent-encoded UTF-8", () => {
    expect(() => route("GET /b/%ff")).toThrow(
      expect.objectContaining({ code: "InvalidURI", message: "Couldn't parse the specified URI." }),
    );
  });
});
