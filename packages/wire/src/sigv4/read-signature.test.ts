import { describe, expect, it } from "vitest";
import { readSignature, signatureProblem } from "./read-signature.ts";
import type { SignedRequest } from "./signature.ts";

const SIGNATURE = "a".repeat(64);
const CREDENTIAL = "AKID/20261120/us-east-1/iam/aws4_request";

function withAuthorization(authorization: string, headers: Record<string, string> = {}): SignedRequest {
  return {
    method: "GET",
    path: "/",
    query: "",
    headers: { "x-amz-date": "20261120T120000Z", ...headers, authorization },
  };
}

describe("readSignature", () => {
  it.each([
    [
      "spaces after commas",
      `AWS4-HMAC-SHA256 Credential=${CREDENTIAL}, SignedHeaders=host;x-amz-date, Signature=${SIGNATURE}`,
    ],
    ["no spaces", `AWS4-HMAC-SHA256 Credential=${CREDENTIAL},SignedHeaders=host;x-amz-date,Signature=${SIGNATURE}`],
    [
      "another order",
      `AWS4-HMAC-SHA256 Signature=${SIGNATURE}, Credential=${CREDENTIAL}, SignedHeaders=Host;X-Amz-Date`,
    ],
  ])("reads a header with %s", (_, authorization) => {
    expect(readSignature(withAuthorization(authorization))).toMatchObject({
      accessKeyId: "AKID",
      date: "20261120",
      region: "us-east-1",
      service: "iam",
      scope: "20261120/us-east-1/iam/aws4_request",
      timestamp: "20261120T120000Z",
      signedHeaders: ["host", "x-amz-date"],
      signature: SIGNATURE,
    });
  });

  it("takes the Date header where there is no x-amz-date", () => {
    const authorization = `AWS4-HMAC-SHA256 Credential=${CREDENTIAL}, SignedHeaders=date;host, Signature=${SIGNATURE}`;
    const headers = { authorization, date: "Fri, 20 Nov 2026 12:00:00 GMT" };
    expect(readSignature({ method: "GET", path: "/", query: "", headers })?.timestamp).toBe("20261120T120000Z");
  });

  it.each(["", "Bearer x", "AWS AKID:c2ln"])("finds none in the header %j", (authorization) => {
    const request = withAuthorization(authorization);
    expect(readSignature(request)).toBeUndefined();
    expect(signatureProblem(request)).toBeUndefined();
  });
});

describe("signatureProblem", () => {
  it.each([
    [
      "AWS4-HMAC-SHA256 nothing",
      "Authorization header requires 'Credential' parameter. Authorization header requires 'Signature' parameter. Authorization header requires 'SignedHeaders' parameter.",
    ],
    [
      `AWS4-HMAC-SHA256 Credential=AKID/us-east-1, SignedHeaders=host, Signature=${SIGNATURE}`,
      "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got 'AKID/us-east-1'",
    ],
    [
      `AWS4-HMAC-SHA256 Credential=AKID/20261120/us-east-1/iam/aws5, SignedHeaders=host, Signature=${SIGNATURE}`,
      "Credential should be scoped with a valid terminator: 'aws4_request', not 'aws5'.",
    ],
    [
      `AWS4-HMAC-SHA256 Credential=${CREDENTIAL}, SignedHeaders=host, Signature=abc`,
      "Signature must be 64 lower-case hexadecimal digits.",
    ],
  ])("%s", (authorization, problem) => {
    const request = withAuthorization(authorization);
    expect(signatureProblem(request)).toBe(problem);
    expect(readSignature(request)).toBeUndefined();
  });

  it("misses the date of a signed header, and the parameters of a presigned query", () => {
    const authorization = `AWS4-HMAC-SHA256 Credential=${CREDENTIAL}, SignedHeaders=host, Signature=${SIGNATURE}`;
    expect(signatureProblem({ method: "GET", path: "/", query: "", headers: { authorization } })).toBe(
      "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.",
    );
    const query = `X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=${CREDENTIAL}&X-Amz-Date=20261120T120000Z`;
    expect(signatureProblem({ method: "GET", path: "/", query, headers: {} })).toBe(
      "Query-string authentication requires 'Signature' parameter. Query-string authentication requires 'SignedHeaders' parameter.",
    );
  });
});
