import { parseQuery } from "../rest/query-parameters.ts";
import type { Signature, SignedRequest } from "./signature.ts";

export const UNSIGNED_PAYLOAD = "UNSIGNED-PAYLOAD";

/**
 * The payload hash that a request declares, as it stands in its canonical request: hexadecimal digits, `UNSIGNED-PAYLOAD`
 * or one of the `STREAMING-` forms. Undefined when the hash of the body has to be computed, which is so for all services
 * but S3. Only S3 accepts a payload that is not signed.
 */
export function declaredPayloadHash(signature: Signature, request: SignedRequest): string | undefined {
  const header = request.headers["x-amz-content-sha256"];
  if (signature.service !== "s3") {
    return header !== undefined && isSha256(header) ? header : undefined;
  }
  if (header !== undefined || !signature.presigned) {
    return header;
  }
  return parseQuery(request.query).get("X-Amz-Content-Sha256")?.[0] ?? UNSIGNED_PAYLOAD;
}

const SHA256 = /^[0-9a-f]{64}$/i;

/** Whether a declared payload hash is the hash of the whole body. */
export function isSha256(declared: string): boolean {
  return SHA256.test(declared);
}

/** How a body is framed and signed when `x-amz-content-sha256` names a streaming form. */
export interface StreamingPayload {
  readonly chunksSigned: boolean;
  readonly trailer: boolean;
}

const streamingForms: Readonly<Record<string, StreamingPayload>> = {
  "STREAMING-AWS4-HMAC-SHA256-PAYLOAD": { chunksSigned: true, trailer: false },
  "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER": { chunksSigned: true, trailer: true },
  "STREAMING-UNSIGNED-PAYLOAD-TRAILER": { chunksSigned: false, trailer: true },
};

/** The streaming form that a declared payload hash names; undefined when the body is not in chunks. */
export function streamingPayload(declared: string): StreamingPayload | undefined {
  return streamingForms[declared];
}
