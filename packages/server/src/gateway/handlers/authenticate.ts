import { signatureProblem } from "@clary/wire";
import type { AuthDeps } from "../auth/auth-deps.ts";
import { authErrorsFor } from "../auth/auth-errors.ts";
import { believeAnonymous } from "../auth/believe-anonymous.ts";
import { verifyVersion2 } from "../auth/verify-version-2.ts";
import { verifyVersion4 } from "../auth/verify-version-4.ts";
import type { Handler } from "../chain.ts";
import type { Authentication, Identified } from "../exchange.ts";

/** Finds out who called, and refuses those who cannot prove it. */
export function authenticate(deps: AuthDeps): Handler<Identified, Authentication> {
  return (exchange) => {
    refuseUnreadable(exchange);
    return whoSigned(exchange, deps);
  };
}

function whoSigned(exchange: Identified, deps: AuthDeps): Promise<Authentication> {
  const { signature, signatureV2 } = exchange;
  if (signature !== undefined) {
    return verifyVersion4(exchange, signature, deps);
  }
  return signatureV2 === undefined ? believeAnonymous(exchange, deps) : verifyVersion2(exchange, signatureV2, deps);
}

/** A request that claims to be signed is never taken for an anonymous one. */
function refuseUnreadable({ signature, signatureV2, head, protocol }: Identified): void {
  if (signature !== undefined || signatureV2 !== undefined) {
    return;
  }
  const authorization = head.headers["authorization"];
  const problem =
    signatureProblem(head) ?? (authorization === undefined ? undefined : "Unsupported Authorization Type");
  if (problem !== undefined) {
    throw authErrorsFor(protocol).malformed(problem, authorization === undefined);
  }
}
