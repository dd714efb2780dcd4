import type { Operation } from "../../operation.ts";
import type { IamApi, IamDeps } from "../deps.ts";
import { withAttachedPolicy } from "../holders/attached-policies.ts";
import { onUser } from "../named-permission.ts";
import { changeUser } from "./change-user.ts";

export const attachUserPolicy: Operation<IamApi, "AttachUserPolicy", IamDeps> = {
  name: "AttachUserPolicy",

  permissions(input, { scope }) {
    return onUser("AttachUserPolicy", scope.account, input.UserName, { "iam:PolicyARN": [input.PolicyArn] });
  },

  async run(input, context, deps) {
    await changeUser(deps, context, input.UserName, (user) =>
      withAttachedPolicy(user, input.PolicyArn, deps.directory, "PoliciesPerUser"),
    );
    return {};
  },
};
