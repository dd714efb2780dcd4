import { createHmac, timingSafeEqual } from "node:crypto";
import { canonicalRequest } from "./canonical-request.ts";
import { ALGORITHM, type Signature, type SignedRequest } from "./signature.ts";
import { sha256Hex } from "./signature-text.ts";
import { signingKey } from "./signing-key.ts";

/**
 * Whether a signature is that of `secret` over the request. Says nothing about time: see `signatureTimeProblem`.
 *
 * @param payloadHash the last line of the canonical request: see `declaredPayloadHash`
 */
export function verifySignature(
  signature: Signature,
  secret: string,
  request: SignedRequest,
  payloadHash: string,
): boolean {
  if (!signsWhatItMust(signature, request)) {
    return false;
  }
  const text = stringToSign(signature, canonicalRequest(signature, request, payloadHash));
  const expected = createHmac("sha256", signingKey(secret, signature)).update(text).digest();
  const given = Buffer.from(signature.signature, "hex");
  return given.length === expected.length && timingSafeEqual(given, expected);
}

/** The text whose HMAC is the signature. */
export function stringToSign({ timestamp, scope }: Pick<Signature, "timestamp" | "scope">, canonical: string): string {
  return `${ALGORITHM}\n${timestamp}\n${scope}\n${sha256Hex(canonical)}`;
}

/** Signed by what they say (a token belongs to a key, a hash stands in the canonical request), or added on the way. */
const needNoSignature = new Set(["x-amz-cf-id", "x-amz-content-sha256", "x-amz-security-token"]);

/**
 * A signature that leaves out the host could be sent anywhere, and one that leaves out an `x-amz-` header would let
 * anybody on the way add one; AWS refuses both.
 */
function signsWhatItMust({ signedHeaders, presigned }: Signature, { headers }: SignedRequest): boolean {
  if (!signedHeaders.includes("host")) {
    return false;
  }
  // A presigned address is used by whoever has it, with the headers that person's client adds.
  if (presigned) {
    return true;
  }
  for (const name in headers) {
    if (name.startsWith("x-amz-") && !needNoSignature.has(name) && !signedHeaders.includes(name)) {
      return false;
    }
  }
  return true;
}
