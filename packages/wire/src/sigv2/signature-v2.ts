import { createHmac, timingSafeEqual } from "node:crypto";
import { parseQuery, type QueryParameters } from "../rest/query-parameters.ts";
import type { SignedRequest } from "../sigv4/signature.ts";

/** A version 2 signature of an S3 request, which older clients still make for presigned addresses. */
export interface SignatureV2 {
  readonly accessKeyId: string;
  /** Base64. */
  readonly signature: string;
  /** Seconds since 1970 until which a presigned address is good; undefined for a signed header. */
  readonly expires: number | undefined;
  readonly securityToken: string | undefined;
}

const AUTHORIZATION = /^AWS ([^:\s]+):([A-Za-z0-9+/]+=*)$/;

/** The version 2 signature of a request, in its `Authorization: AWS …` header or its query; undefined when it has none. */
export function readSignatureV2(request: SignedRequest): SignatureV2 | undefined {
  const match = AUTHORIZATION.exec(request.headers["authorization"] ?? "");
  if (match !== null) {
    const [, accessKeyId = "", signature = ""] = match;
    return { accessKeyId, signature, expires: undefined, securityToken: request.headers["x-amz-security-token"] };
  }
  return request.query.includes("AWSAccessKeyId=") ? readPresigned(parseQuery(request.query)) : undefined;
}

function readPresigned(query: QueryParameters): SignatureV2 | undefined {
  const first = (name: string): string | undefined => query.get(name)?.[0];
  const accessKeyId = first("AWSAccessKeyId");
  const signature = first("Signature");
  const expires = first("Expires");
  if (accessKeyId === undefined || signature === undefined || expires === undefined || !/^\d{1,12}$/.test(expires)) {
    return undefined;
  }
  return { accessKeyId, signature, expires: Number(expires), securityToken: first("x-amz-security-token") };
}

/** Whether a presigned address has run out at `now`. */
export function isExpiredV2({ expires }: SignatureV2, now: Date): boolean {
  return expires !== undefined && now.getTime() > expires * 1000;
}

/**
 * Whether a version 2 signature is that of `secret` over the request.
 *
 * @param request its path is path-style (`/bucket/key`), whatever the client sent: the bucket is part of what is signed
 */
export function verifySignatureV2(signature: SignatureV2, secret: string, request: SignedRequest): boolean {
  const expected = createHmac("sha1", secret).update(stringToSignV2(signature, request)).digest();
  const given = Buffer.from(signature.signature, "base64");
  return given.length === expected.length && timingSafeEqual(given, expected);
}

/** The text whose HMAC is the signature ("Signing and authenticating REST requests" of the S3 documentation). */
export function stringToSignV2({ expires }: Pick<SignatureV2, "expires">, request: SignedRequest): string {
  const { method, headers, query } = request;
  const signedHeaders = expires === undefined ? headers : { ...amzParameters(query), ...headers };
  // A date in x-amz-date is signed among the amz headers, and the line of the Date header is empty then.
  const date = expires === undefined ? (headers["x-amz-date"] === undefined ? (headers["date"] ?? "") : "") : expires;
  return (
    `${method}\n${headers["content-md5"] ?? ""}\n${headers["content-type"] ?? ""}\n${date}\n` +
    `${canonicalHeaders(signedHeaders)}${canonicalResource(request)}`
  );
}

/** A presigned address carries `x-amz-` headers (the token of temporary keys is one) in its query; they are signed as headers. */
function amzParameters(query: string): Record<string, string> {
  const parameters = [...parseQuery(query)].map(([name, [value = ""]]) => [name.toLowerCase(), value] as const);
  return Object.fromEntries(parameters.filter(([name]) => name.startsWith("x-amz-")));
}

function canonicalHeaders(headers: Readonly<Record<string, string>>): string {
  return Object.keys(headers)
    .filter((name) => name.startsWith("x-amz-"))
    .sort()
    .map((name) => `${name}:${(headers[name] ?? "").trim()}\n`)
    .join("");
}

/** Query parameters that change what a request is about; the others are not signed. */
const subResources = new Set(
  `accelerate acl analytics cors defaultObjectAcl delete inventory lifecycle location logging metrics notification
   object-lock partNumber policy replication requestPayment response-cache-control response-content-disposition
   response-content-encoding response-content-language response-content-type response-expires restore select
   select-type storageClass tagging torrent uploadId uploads versionId versioning versions website`.split(/\s+/),
);

function canonicalResource({ path, query }: SignedRequest): string {
  const signed: string[] = [];
  for (const [name, [value = ""]] of parseQuery(query)) {
    if (subResources.has(name)) {
      signed.push(value === "" ? name : `${name}=${value}`);
    }
  }
  return signed.length === 0 ? path : `${path}?${signed.sort().join("&")}`;
}
