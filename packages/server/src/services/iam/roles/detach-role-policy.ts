import type { Operation } from "../../operation.ts";
import type { IamApi, IamDeps } from "../deps.ts";
import { withoutAttachedPolicy } from "../holders/attached-policies.ts";
import { onRole } from "../named-permission.ts";
import { changeRole } from "./change-role.ts";

export const detachRolePolicy: Operation<IamApi, "DetachRolePolicy", IamDeps> = {
  name: "DetachRolePolicy",

  permissions(input, { scope }) {
    return onRole("DetachRolePolicy", scope.account, input.RoleName, { "iam:PolicyARN": [input.PolicyArn] });
  },

  async run(input, context, deps) {
    await changeRole(deps, context, input.RoleName, (role) => withoutAttachedPolicy(role, input.PolicyArn));
    return {};
  },
};
