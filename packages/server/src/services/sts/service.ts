import { defineService, type AnyOperation, type Service } from "../operation.ts";
import { assumeRole } from "./assume-role.ts";
import type { StsDeps } from "./deps.ts";
import { getCallerIdentity } from "./get-caller-identity.ts";
import { getSessionToken } from "./get-session-token.ts";

const operations: readonly AnyOperation<StsDeps>[] = [assumeRole, getCallerIdentity, getSessionToken];

/** STS: who the caller is, and temporary credentials. */
export function stsService(deps: StsDeps): Service {
  return defineService("sts", operations, deps, {
    // A role's trust policy takes part in the decision on assuming it.
    resourcePolicy: async (resource) => deps.roles.role(resource)?.trustPolicy,
  });
}
