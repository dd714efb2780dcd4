import { isExpiredV2, MAX_SKEW_MS, stringToSignV2, verifySignatureV2, type SignatureV2 } from "@clary/wire";
import { streamedBody } from "../body/streamed-body.ts";
import type { Authentication, Identified } from "../exchange.ts";
import type { AuthDeps } from "./auth-deps.ts";
import { authErrorsFor, type AuthErrors } from "./auth-errors.ts";
import { findCredential, refuseExpired } from "./find-credential.ts";

/**
 * Believes a version 2 signature of an S3 request, which boto3 still makes for presigned addresses, or throws what is
 * wrong with it. It covers neither the body nor the region.
 */
export async function verifyVersion2(
  exchange: Identified,
  signature: SignatureV2,
  deps: AuthDeps,
): Promise<Authentication> {
  const { head, protocol, now, hostBucket, hostRegion } = exchange;
  const errors = authErrorsFor(protocol);
  checkTime(exchange, signature, errors);
  const credential = await findCredential(deps.credentials, signature, errors);
  const request = hostBucket === undefined ? head : { ...head, path: `/${hostBucket}${head.path}` };
  if (!verifySignatureV2(signature, credential.secretAccessKey, request)) {
    throw errors.mismatch({
      accessKeyId: signature.accessKeyId,
      stringToSign: stringToSignV2(signature, request),
      provided: signature.signature,
    });
  }
  refuseExpired(credential, now, errors);
  const signedBody = streamedBody(exchange.body, deps.limits, {});
  return { caller: credential.caller, region: hostRegion ?? deps.home.region, signedBody };
}

function checkTime({ head, now }: Identified, signature: SignatureV2, errors: AuthErrors): void {
  if (signature.expires !== undefined) {
    if (isExpiredV2(signature, now)) {
      throw errors.expired(new Date(signature.expires * 1000), now);
    }
    return;
  }
  const signedAt = new Date(head.headers["x-amz-date"] ?? head.headers["date"] ?? "");
  if (Number.isNaN(signedAt.getTime())) {
    throw errors.malformed("AWS authentication requires a valid Date or x-amz-date header", false);
  }
  if (Math.abs(signedAt.getTime() - now.getTime()) > MAX_SKEW_MS) {
    throw errors.skewed({ signedAt, now, allowedMs: MAX_SKEW_MS });
  }
}
