import { createHash, createHmac } from "node:crypto";
import { SignatureV4 } from "@smithy/signature-v4";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalRequest } from "./canonical-request.ts";
import { declaredPayloadHash, UNSIGNED_PAYLOAD } from "./payload-hash.ts";
import { readSignature } from "./read-signature.ts";
import { presign, type Signer, signRequest } from "./sign-request.ts";
import type { SignedRequest } from "./signature.ts";
import { sha256Hex } from "./signature-text.ts";
import { signingKey } from "./signing-key.ts";
import {
  presignedVanillaQuery,
  suite,
  type SuiteVector,
  unnormalizedVectors,
  vectors,
} from "./testing/aws-test-suite.ts";
import { stringToSign, verifySignature } from "./verify-signature.ts";

function requestOf(vector: SuiteVector, signature = vector.signature): SignedRequest {
  const signedHeaders = ["host", "x-amz-date", ...vector.signed].sort();
  return {
    method: vector.method,
    path: vector.path,
    query: vector.query,
    headers: {
      ...vector.headers,
      host: suite.host,
      "x-amz-date": suite.timestamp,
      authorization: `AWS4-HMAC-SHA256 Credential=${suite.accessKeyId}/${suite.scope}, SignedHeaders=${signedHeaders.join(";")}, Signature=${signature}`,
    },
  };
}

function verify(request: SignedRequest, payloadHash: string, secret: string = suite.secretAccessKey): boolean {
  const signature = readSignature(request);
  return signature !== undefined && verifySignature(signature, secret, request, payloadHash);
}

describe("AWS's public test suite", () => {
  it.each(vectors)("$name", (vector) => {
    expect(verify(requestOf(vector), sha256Hex(vector.body))).toBe(true);
  });

  it.each(unnormalizedVectors)("$name, as S3 signs paths", (vector) => {
    const form = { service: "s3", signedHeaders: ["host", "x-amz-date"] };
    const canonical = canonicalRequest(form, requestOf(vector), sha256Hex(""));
    const scope = { ...suite, date: "20150830", region: "us-east-1", service: "service" };
    const key = signingKey(suite.secretAccessKey, scope);
    expect(hmacHex(key, stringToSign(suite, canonical))).toBe(vector.signature);
  });

  it("get-vanilla-query, presigned", () => {
    const request = { method: "GET", path: "/", query: presignedVanillaQuery, headers: { host: suite.host } };
    expect(readSignature(request)?.expires).toBe("3600");
    expect(verify(request, sha256Hex(""))).toBe(true);
  });
});

describe("a signature does not hold", () => {
  const [vanilla] = vectors;
  const request = requestOf(vanilla as SuiteVector);
  const empty = sha256Hex("");

  it("with another secret, also after the right one has been used", () => {
    expect(verify(request, empty)).toBe(true);
    expect(verify(request, empty, "another")).toBe(false);
    expect(verify(request, empty)).toBe(true);
  });

  it.each<[string, Partial<SignedRequest>]>([
    ["method", { method: "PUT" }],
    ["path", { path: "/a" }],
    ["query", { query: "a=b" }],
    ["host", { headers: { ...request.headers, host: "example.org" } }],
    ["time", { headers: { ...request.headers, "x-amz-date": "20150830T123601Z" } }],
  ])("over another %s", (_, change) => {
    expect(verify({ ...request, ...change }, empty)).toBe(false);
  });

  it("over another payload", () => {
    expect(verify(request, sha256Hex("x"))).toBe(false);
  });

  it("when an x-amz- header was added to it", () => {
    expect(verify({ ...request, headers: { ...request.headers, "x-amz-target": "SageMaker.X" } }, empty)).toBe(false);
  });

  it("when it does not cover the host", () => {
    const authorization = request.headers["authorization"]?.replace("host;", "") ?? "";
    expect(verify({ ...request, headers: { ...request.headers, authorization } }, empty)).toBe(false);
  });
});

const signer: Signer = { ...suite, region: "eu-west-1", service: "sagemaker", now: new Date("2026-11-20T06:00:00Z") };

describe("against the signer of the JavaScript SDK", () => {
  const segment = fc.string({ unit: "grapheme", minLength: 0, maxLength: 6 }).map(encodeURIComponent);
  const path = fc.array(fc.oneof(segment, fc.constantFrom(".", "..", ""))).map((parts) => `/${parts.join("/")}`);
  const text = fc.string({ unit: "grapheme", maxLength: 8 });
  const query = fc.dictionary(
    text.filter((name) => name !== "" && !/^x-amz-/i.test(name)),
    fc.oneof(text, fc.array(text, { minLength: 1, maxLength: 3 })),
    { maxKeys: 4, noNullPrototype: true },
  );
  const headerValue = fc.stringMatching(/^[!-~][ -~]{0,10}$/);

  it.each(["sagemaker", "s3"])("%s", async (service) => {
    const oracle = new SignatureV4({
      credentials: suite,
      region: "eu-west-1",
      service,
      sha256: Sha256,
      uriEscapePath: service !== "s3",
      applyChecksum: service === "s3",
    });
    await fc.assert(
      fc.asyncProperty(path, query, headerValue, fc.string(), async (rawPath, parameters, value, body) => {
        const headers = { host: "127.0.0.1:8080", "my-header": value };
        const signed = await oracle.sign(
          { method: "POST", protocol: "http:", hostname: "127.0.0.1", path: rawPath, query: parameters, headers, body },
          { signingDate: signer.now },
        );
        const request = {
          method: "POST",
          path: rawPath,
          query: queryString(parameters),
          headers: lowerCase(signed.headers),
        };
        expect(verify(request, sha256Hex(body))).toBe(true);
        expect(verify(request, sha256Hex(`${body}.`))).toBe(false);
      }),
    );
  });
});

describe("our own signer", () => {
  const request = { method: "PUT", path: "/b/k%20y", query: "partNumber=1&x=%2F", headers: { host: "localhost" } };

  it.each(["sagemaker", "s3"])("signs headers for %s", (service) => {
    const body = Buffer.from("body");
    const headers = signRequest(request, body, { ...signer, service, sessionToken: "token" });
    expect(verify({ ...request, headers }, sha256Hex(body))).toBe(true);
    expect(readSignature({ ...request, headers })).toMatchObject({ securityToken: "token", presigned: false });
  });

  it("presigns for S3 without the payload", () => {
    const query = presign(request, 60, { ...signer, service: "s3", sessionToken: "to/ken" });
    const presigned = { ...request, query };
    const signature = readSignature(presigned);
    expect(signature).toMatchObject({ securityToken: "to/ken", presigned: true, expires: "60" });
    expect(signature && declaredPayloadHash(signature, presigned)).toBe(UNSIGNED_PAYLOAD);
    expect(verify(presigned, UNSIGNED_PAYLOAD)).toBe(true);
    expect(verify({ ...presigned, query: query.replace("Expires=60", "Expires=61") }, UNSIGNED_PAYLOAD)).toBe(false);
  });
});

function hmacHex(key: Buffer, content: string): string {
  return createHmac("sha256", key).update(content).digest("hex");
}

/** The hash that the SDK's signer wants to be given. */
class Sha256 {
  readonly #hash: { update(data: Uint8Array): unknown; digest(): Uint8Array };

  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.#hash = secret === undefined ? createHash("sha256") : createHmac("sha256", secret as Uint8Array);
  }

  update(data: string | ArrayBuffer | ArrayBufferView): void {
    this.#hash.update(data as Uint8Array);
  }

  async digest(): Promise<Uint8Array> {
    return this.#hash.digest();
  }
}

function queryString(parameters: Readonly<Record<string, string | string[]>>): string {
  return Object.entries(parameters)
    .flatMap(([name, values]) =>
      [values].flat().map((value) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`),
    )
    .join("&");
}

function lowerCase(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}
