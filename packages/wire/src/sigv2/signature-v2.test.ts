import { describe, expect, it } from "vitest";
import { isExpiredV2, readSignatureV2, verifySignatureV2 } from "./signature-v2.ts";

/** Addresses that botocore 1.44 presigned with these temporary keys, `signature_version="s3"`. */
const secret = "secret";
const put = {
  method: "PUT",
  path: "/bucket/a%20b",
  query:
    "AWSAccessKeyId=ASIAEXAMPLE&Signature=I0AdpHQS%2FKbhpHIpb737l0P6FxI%3D&content-type=text%2Fplain&x-amz-meta-kind=x&x-amz-security-token=to%2Bken%2F%3D&Expires=1700000060",
  headers: { host: "s3.amazonaws.com", "content-type": "text/plain" },
};
const get = {
  method: "GET",
  path: "/bucket/a%20b",
  query:
    "response-content-type=text%2Fhtml&AWSAccessKeyId=ASIAEXAMPLE&Signature=BK8Yk4DA3b8HliVrEFMo1qPOxWY%3D&x-amz-security-token=to%2Bken%2F%3D&Expires=1700000060",
  headers: { host: "s3.amazonaws.com" },
};

function isVerified(request: typeof put | typeof get): boolean {
  const signature = readSignatureV2(request);
  return signature !== undefined && verifySignatureV2(signature, secret, request);
}

describe("version 2 signatures in addresses", () => {
  it("are verified with the token and the amz headers that stand in the query", () => {
    expect(readSignatureV2(put)).toMatchObject({
      accessKeyId: "ASIAEXAMPLE",
      securityToken: "to+ken/=",
      expires: 1_700_000_060,
    });
    expect(isVerified(put)).toBe(true);
    expect(isVerified(get)).toBe(true);
  });

  it("take amz headers that are sent as well, as they were signed", () => {
    expect(isVerified({ ...put, headers: { ...put.headers, "x-amz-meta-kind": "x" } as typeof put.headers })).toBe(
      true,
    );
    expect(isVerified({ ...put, headers: { ...put.headers, "x-amz-meta-kind": "y" } as typeof put.headers })).toBe(
      false,
    );
  });

  it.each([
    ["another path", { ...get, path: "/bucket/b" }],
    ["another method", { ...get, method: "PUT" }],
    ["another token", { ...get, query: get.query.replace("to%2Bken", "other") }],
    ["another sub-resource", { ...get, query: get.query.replace("html", "css") }],
    ["another expiry", { ...get, query: get.query.replace("1700000060", "1800000060") }],
  ])("are not those of %s", (_name, request) => {
    expect(isVerified(request)).toBe(false);
  });

  it("run out", () => {
    const signature = readSignatureV2(get);
    expect(signature && isExpiredV2(signature, new Date(1_700_000_060_000))).toBe(false);
    expect(signature && isExpiredV2(signature, new Date(1_700_000_060_001))).toBe(true);
  });
});

/** The examples of the S3 documentation, "Signing and authenticating REST requests". */
describe("AWS's examples of version 2 signatures", () => {
  const KEY = "AKIAIOSFODNN7EXAMPLE";
  const SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";

  interface Example {
    readonly signature?: string;
    readonly method?: string;
    readonly path: string;
    readonly query?: string;
    readonly headers?: Readonly<Record<string, string>>;
  }

  const examples: readonly (readonly [string, Example])[] = [
    [
      "object GET",
      {
        signature: "bWq2s1WEIj+Ydj0vQ697zp+IXMU=",
        path: "/johnsmith/photos/puppy.jpg",
        headers: { date: "Tue, 27 Mar 2007 19:36:42 +0000" },
      },
    ],
    [
      "object PUT",
      {
        signature: "MyyxeRY7whkBe+bq8fHCL/2kKUg=",
        method: "PUT",
        path: "/johnsmith/photos/puppy.jpg",
        headers: { date: "Tue, 27 Mar 2007 21:15:45 +0000", "content-type": "image/jpeg" },
      },
    ],
    [
      "list, whose parameters are not signed",
      {
        signature: "htDYFYduRNen8P9ZfE/s9SuKy0U=",
        path: "/johnsmith/",
        query: "prefix=photos&max-keys=50&marker=puppy",
        headers: { date: "Tue, 27 Mar 2007 19:42:41 +0000" },
      },
    ],
    [
      "a sub-resource",
      {
        signature: "c2WLPFtWHVgbEmeEG93a4cG37dM=",
        path: "/johnsmith/",
        query: "acl",
        headers: { date: "Tue, 27 Mar 2007 19:44:46 +0000" },
      },
    ],
    [
      "upload with amz headers",
      {
        signature: "ilyl83RwaSoYIEdixDQcA4OnAnc=",
        method: "PUT",
        path: "/static.johnsmith.net/db-backup.dat.gz",
        headers: {
          date: "Tue, 27 Mar 2007 21:06:08 +0000",
          "content-md5": "4gJE4saaMU4BqNR0kLY+lw==",
          "content-type": "application/x-download",
          "x-amz-acl": "public-read",
          "x-amz-meta-checksumalgorithm": "crc32",
          "x-amz-meta-filechecksum": "0x02661779",
          "x-amz-meta-reviewedby": "joe@johnsmith.net,jane@johnsmith.net",
        },
      },
    ],
    [
      "query string",
      {
        path: "/johnsmith/photos/puppy.jpg",
        query: `AWSAccessKeyId=${KEY}&Signature=NpgCjnDzrM%2BWFzoENXmpNDUsSn8%3D&Expires=1175139620`,
      },
    ],
  ];

  it.each(examples)("%s", (_, { signature, method = "GET", path, query = "", headers = {} }) => {
    const authorization = signature === undefined ? {} : { authorization: `AWS ${KEY}:${signature}` };
    const request = { method, path, query, headers: { ...headers, ...authorization } };
    const read = readSignatureV2(request);
    expect(read?.accessKeyId).toBe(KEY);
    expect(read && verifySignatureV2(read, SECRET, request)).toBe(true);
    expect(read && verifySignatureV2(read, "another", request)).toBe(false);
    expect(read && verifySignatureV2(read, SECRET, { ...request, path: "/johnsmith/other" })).toBe(false);
  });

  it.each(["", "AWSAccessKeyId=A&Signature=x", "AWSAccessKeyId=A&Signature=x&Expires=soon"])(
    "there is none in %j",
    (query) => {
      expect(readSignatureV2({ method: "GET", path: "/", query, headers: {} })).toBeUndefined();
    },
  );
});
