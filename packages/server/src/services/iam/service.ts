import { defineService, type Service } from "../operation.ts";
import type { IamDeps } from "./deps.ts";
import { getRole } from "./roles/get-role.ts";

/** IAM: users, roles, policies and access keys of the account. */
export function iamService(deps: IamDeps): Service {
  return defineService("iam", [getRole], deps);
}
