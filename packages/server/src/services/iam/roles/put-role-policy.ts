import type { Operation } from "../../operation.ts";
import type { IamApi, IamDeps } from "../deps.ts";
import { withInlinePolicy } from "../holders/inline-policies.ts";
import { onRole } from "../named-permission.ts";
import { changeRole } from "./change-role.ts";

export const putRolePolicy: Operation<IamApi, "PutRolePolicy", IamDeps> = {
  name: "PutRolePolicy",

  permissions(input, { scope }) {
    return onRole("PutRolePolicy", scope.account, input.RoleName);
  },

  async run(input, context, deps) {
    const described = { kind: "role", name: input.RoleName } as const;
    await changeRole(deps, context, input.RoleName, (role) =>
      withInlinePolicy(role, input.PolicyName, input.PolicyDocument, described),
    );
    return {};
  },
};
