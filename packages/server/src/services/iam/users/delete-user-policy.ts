import type { Operation } from "../../operation.ts";
import type { IamApi, IamDeps } from "../deps.ts";
import { withoutInlinePolicy } from "../holders/inline-policies.ts";
import { onUser } from "../named-permission.ts";
import { changeUser } from "./change-user.ts";

export const deleteUserPolicy: Operation<IamApi, "DeleteUserPolicy", IamDeps> = {
  name: "DeleteUserPolicy",

  permissions(input, { scope }) {
    return onUser("DeleteUserPolicy", scope.account, input.UserName);
  },

  async run(input, context, deps) {
    await changeUser(deps, context, input.UserName, (user) => withoutInlinePolicy(user, input.PolicyName, "user"));
    return {};
  },
};
