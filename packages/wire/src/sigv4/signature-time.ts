import type { Signature } from "./signature.ts";
import { parseBasicTimestamp } from "./signature-text.ts";

/** How far a client's clock may be from ours. */
export const MAX_SKEW_MS: number = 15 * 60 * 1000;

/** A week. */
const MAX_EXPIRES_SECONDS = 604_800;

/** Why a signature does not hold at a moment. `detail` is AWS's own sentence. */
export type SignatureTimeProblem =
  | { readonly kind: "malformed"; readonly detail: string }
  | { readonly kind: "skewed"; readonly signedAt: Date; readonly allowedMs: number }
  | { readonly kind: "notYetValid"; readonly signedAt: Date }
  | { readonly kind: "expired"; readonly expiresAt: Date };

/** What is wrong with a signature's times at `now`; undefined when nothing is. */
export function signatureTimeProblem(signature: Signature, now: Date): SignatureTimeProblem | undefined {
  const signedAt = parseBasicTimestamp(signature.timestamp);
  if (signedAt === undefined) {
    return malformed(`Date must be in ISO-8601 'basic format'. Got '${signature.timestamp}'.`);
  }
  if (!signature.timestamp.startsWith(signature.date)) {
    const scope = signature.timestamp.slice(0, 8);
    return malformed(
      `Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: ` +
        `'${signature.date}' != '${scope}', from '${signature.timestamp}'.`,
    );
  }
  return signature.presigned ? presignedProblem(signature, signedAt, now) : skewProblem(signedAt, now);
}

function skewProblem(signedAt: Date, now: Date): SignatureTimeProblem | undefined {
  const skew = Math.abs(now.getTime() - signedAt.getTime());
  return skew > MAX_SKEW_MS ? { kind: "skewed", signedAt, allowedMs: MAX_SKEW_MS } : undefined;
}

function presignedProblem({ expires }: Signature, signedAt: Date, now: Date): SignatureTimeProblem | undefined {
  const problem = expiresProblem(expires);
  if (problem !== undefined) {
    return malformed(problem);
  }
  if (signedAt.getTime() > now.getTime() + MAX_SKEW_MS) {
    return { kind: "notYetValid", signedAt };
  }
  const expiresAt = new Date(signedAt.getTime() + Number(expires) * 1000);
  return now > expiresAt ? { kind: "expired", expiresAt } : undefined;
}

function expiresProblem(expires: string | undefined): string | undefined {
  if (expires === undefined || !/^-?\d+$/.test(expires)) {
    return "X-Amz-Expires should be a number";
  }
  if (Number(expires) < 0) {
    return "X-Amz-Expires must be non-negative";
  }
  return Number(expires) > MAX_EXPIRES_SECONDS
    ? `X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be less than ${MAX_EXPIRES_SECONDS} seconds`
    : undefined;
}

function malformed(detail: string): SignatureTimeProblem {
  return { kind: "malformed", detail };
}
