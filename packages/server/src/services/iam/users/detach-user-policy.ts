import type { Operation } from "../../operation.ts";
import type { IamApi, IamDeps } from "../deps.ts";
import { withoutAttachedPolicy } from "../holders/attached-policies.ts";
import { onUser } from "../named-permission.ts";
import { changeUser } from "./change-user.ts";

export const detachUserPolicy: Operation<IamApi, "DetachUserPolicy", IamDeps> = {
  name: "DetachUserPolicy",

  permissions(input, { scope }) {
    return onUser("DetachUserPolicy", scope.account, input.UserName, { "iam:PolicyARN": [input.PolicyArn] });
  },

  async run(input, context, deps) {
    await changeUser(deps, context, input.UserName, (user) => withoutAttachedPolicy(user, input.PolicyArn));
    return {};
  },
};
