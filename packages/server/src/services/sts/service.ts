import { defineService, type Service } from "../operation.ts";
import type { StsDeps } from "./deps.ts";
import { getCallerIdentity } from "./get-caller-identity.ts";

/** STS: who the caller is, and temporary credentials. */
export function stsService(deps: StsDeps): Service {
  return defineService("sts", [getCallerIdentity], deps, {
    // A role's trust policy takes part in the decision on assuming it.
    resourcePolicy: async (resource) => deps.roles.role(resource)?.trustPolicy,
  });
}
