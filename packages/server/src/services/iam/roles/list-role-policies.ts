import type { Operation } from "../../operation.ts";
import type { IamApi, IamDeps } from "../deps.ts";
import { onRole } from "../named-permission.ts";
import { pageOf } from "../page.ts";
import { existingRole } from "./existing-role.ts";

/** Names of inline policies. */
export const listRolePolicies: Operation<IamApi, "ListRolePolicies", IamDeps> = {
  name: "ListRolePolicies",

  permissions(input, { scope }) {
    return onRole("ListRolePolicies", scope.account, input.RoleName);
  },

  async run(input, _context, { directory }) {
    const names = Object.keys(existingRole(directory, input.RoleName).inlinePolicies);
    const { items, rest } = pageOf(names, (name) => name, input);
    return { PolicyNames: items, ...rest };
  },
};
