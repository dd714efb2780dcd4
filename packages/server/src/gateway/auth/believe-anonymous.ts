import type { Caller } from "../../services/caller.ts";
import type { Authentication, Identified } from "../exchange.ts";
import { calledName } from "../operation/called-operation.ts";
import type { AuthDeps } from "./auth-deps.ts";
import { authErrorsFor } from "./auth-errors.ts";
import { collectPayload, declaredPayload } from "./payload.ts";

/**
 * A request without a signature. S3 has it decided by policies; other services refuse it, except for the few operations
 * that bring another proof of identity (`AssumeRoleWithWebIdentity`).
 * @throws AwsError MissingAuthenticationToken
 */
export async function believeAnonymous(exchange: Identified, deps: AuthDeps): Promise<Authentication> {
  const { home, limits, models } = deps;
  const caller: Caller = { type: "anonymous", account: home.account, arn: "", userId: "" };
  const region = exchange.hostRegion ?? home.region;
  if (exchange.service.id === "s3") {
    const declared = exchange.head.headers["x-amz-content-sha256"] ?? "UNSIGNED-PAYLOAD";
    return { caller, region, signedBody: declaredPayload(exchange, declared, limits, undefined).signedBody };
  }
  const { signedBody } = await collectPayload(exchange, limits);
  const model = await models.load(exchange.service.id);
  const name = calledName(exchange, await signedBody.bytes()) ?? "";
  if (model.operations.get(name)?.unsigned !== true) {
    throw authErrorsFor(exchange.protocol).missing();
  }
  return { caller, region, signedBody };
}
