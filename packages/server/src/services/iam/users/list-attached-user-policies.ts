import type { Operation } from "../../operation.ts";
import type { IamApi, IamDeps } from "../deps.ts";
import { attachedPolicyPage } from "../holders/attached-policies.ts";
import { onUser } from "../named-permission.ts";
import { existingUser } from "./existing-user.ts";

export const listAttachedUserPolicies: Operation<IamApi, "ListAttachedUserPolicies", IamDeps> = {
  name: "ListAttachedUserPolicies",

  permissions(input, { scope }) {
    return onUser("ListAttachedUserPolicies", scope.account, input.UserName);
  },

  async run(input, _context, { directory }) {
    const { items, rest } = attachedPolicyPage(existingUser(directory, input.UserName), directory, input);
    return { AttachedPolicies: items, ...rest };
  },
};
