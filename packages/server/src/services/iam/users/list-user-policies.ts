import type { Operation } from "../../operation.ts";
import type { IamApi, IamDeps } from "../deps.ts";
import { onUser } from "../named-permission.ts";
import { pageOf } from "../page.ts";
import { existingUser } from "./existing-user.ts";

/** Names of inline policies. */
export const listUserPolicies: Operation<IamApi, "ListUserPolicies", IamDeps> = {
  name: "ListUserPolicies",

  permissions(input, { scope }) {
    return onUser("ListUserPolicies", scope.account, input.UserName);
  },

  async run(input, _context, { directory }) {
    const names = Object.keys(existingUser(directory, input.UserName).inlinePolicies);
    const { items, rest } = pageOf(names, (name) => name, input);
    return { PolicyNames: items, ...rest };
  },
};
