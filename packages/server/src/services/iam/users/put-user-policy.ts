import type { Operation } from "../../operation.ts";
import type { IamApi, IamDeps } from "../deps.ts";
import { withInlinePolicy } from "../holders/inline-policies.ts";
import { onUser } from "../named-permission.ts";
import { changeUser } from "./change-user.ts";

export const putUserPolicy: Operation<IamApi, "PutUserPolicy", IamDeps> = {
  name: "PutUserPolicy",

  permissions(input, { scope }) {
    return onUser("PutUserPolicy", scope.account, input.UserName);
  },

  async run(input, context, deps) {
    const described = { kind: "user", name: input.UserName } as const;
    await changeUser(deps, context, input.UserName, (user) =>
      withInlinePolicy(user, input.PolicyName, input.PolicyDocument, described),
    );
    return {};
  },
};
