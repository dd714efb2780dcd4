import type { Operation } from "../../operation.ts";
import type { IamApi, IamDeps } from "../deps.ts";
import { withAttachedPolicy } from "../holders/attached-policies.ts";
import { onRole } from "../named-permission.ts";
import { changeRole } from "./change-role.ts";

export const attachRolePolicy: Operation<IamApi, "AttachRolePolicy", IamDeps> = {
  name: "AttachRolePolicy",

  permissions(input, { scope }) {
    return onRole("AttachRolePolicy", scope.account, input.RoleName, { "iam:PolicyARN": [input.PolicyArn] });
  },

  async run(input, context, deps) {
    await changeRole(deps, context, input.RoleName, (role) =>
      withAttachedPolicy(role, input.PolicyArn, deps.directory, "PoliciesPerRole"),
    );
    return {};
  },
};
