import type { Operation } from "../../operation.ts";
import type { IamApi, IamDeps } from "../deps.ts";
import { attachedPolicyPage } from "../holders/attached-policies.ts";
import { onRole } from "../named-permission.ts";
import { existingRole } from "./existing-role.ts";

export const listAttachedRolePolicies: Operation<IamApi, "ListAttachedRolePolicies", IamDeps> = {
  name: "ListAttachedRolePolicies",

  permissions(input, { scope }) {
    return onRole("ListAttachedRolePolicies", scope.account, input.RoleName);
  },

  async run(input, _context, { directory }) {
    const { items, rest } = attachedPolicyPage(existingRole(directory, input.RoleName), directory, input);
    return { AttachedPolicies: items, ...rest };
  },
};
