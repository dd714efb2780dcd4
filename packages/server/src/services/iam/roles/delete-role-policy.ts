import type { Operation } from "../../operation.ts";
import type { IamApi, IamDeps } from "../deps.ts";
import { withoutInlinePolicy } from "../holders/inline-policies.ts";
import { onRole } from "../named-permission.ts";
import { changeRole } from "./change-role.ts";

export const deleteRolePolicy: Operation<IamApi, "DeleteRolePolicy", IamDeps> = {
  name: "DeleteRolePolicy",

  permissions(input, { scope }) {
    return onRole("DeleteRolePolicy", scope.account, input.RoleName);
  },

  async run(input, context, deps) {
    await changeRole(deps, context, input.RoleName, (role) => withoutInlinePolicy(role, input.PolicyName, "role"));
    return {};
  },
};
