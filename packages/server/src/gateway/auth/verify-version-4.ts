import {
  canonicalRequest,
  declaredPayloadHash,
  signatureTimeProblem,
  stringToSign,
  verifySignature,
  type AwsError,
  type Signature,
} from "@clary/wire";
import type { Authentication, Identified } from "../exchange.ts";
import type { AuthDeps } from "./auth-deps.ts";
import { authErrorsFor, type AuthErrors } from "./auth-errors.ts";
import { findCredential, refuseExpired } from "./find-credential.ts";
import { collectPayload, declaredPayload, missingPayloadHash, type Payload } from "./payload.ts";

/** Believes a version 4 signature, in the Authorization header or presigned, or throws what is wrong with it. */
export async function verifyVersion4(
  exchange: Identified,
  signature: Signature,
  deps: AuthDeps,
): Promise<Authentication> {
  const { head, protocol, service, now } = exchange;
  const errors = authErrorsFor(protocol);
  if (signature.service !== service.signingName) {
    throw errors.wrongService(service.signingName);
  }
  checkTime(signature, now, errors);
  const credential = await findCredential(deps.credentials, signature, errors);
  const secret = credential.secretAccessKey;
  const payload =
    service.id === "s3"
      ? signedPayload(exchange, signature, secret, deps)
      : await collectPayload(exchange, deps.limits);
  if (!verifySignature(signature, secret, head, payload.hash)) {
    throw mismatch(exchange, signature, payload.hash);
  }
  refuseExpired(credential, now, errors);
  return { caller: credential.caller, region: signature.region, signedBody: payload.signedBody };
}

function signedPayload(exchange: Identified, signature: Signature, secret: string, { limits }: AuthDeps): Payload {
  const declared = declaredPayloadHash(signature, exchange.head);
  if (declared === undefined) {
    throw missingPayloadHash();
  }
  return declaredPayload(exchange, declared, limits, { signature, secret });
}

function checkTime(signature: Signature, now: Date, errors: AuthErrors): void {
  const problem = signatureTimeProblem(signature, now);
  switch (problem?.kind) {
    case undefined:
      return;
    case "malformed":
      throw errors.malformed(problem.detail, signature.presigned);
    case "skewed":
      throw errors.skewed({ signedAt: problem.signedAt, allowedMs: problem.allowedMs, now });
    case "notYetValid":
      throw errors.notYetValid(problem.signedAt, now);
    case "expired":
      throw errors.expired(problem.expiresAt, now);
  }
}

function mismatch({ head, protocol }: Identified, signature: Signature, payloadHash: string): AwsError {
  const canonical = canonicalRequest(signature, head, payloadHash);
  return authErrorsFor(protocol).mismatch({
    accessKeyId: signature.accessKeyId,
    stringToSign: stringToSign(signature, canonical),
    provided: signature.signature,
    canonicalRequest: canonical,
  });
}
