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
