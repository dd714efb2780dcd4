import type { Operation } from "../../operation.ts";
import type { IamApi, IamDeps } from "../deps.ts";
import { onRole } from "../named-permission.ts";
import { checkTrustPolicy } from "../read-document.ts";
import { changeRole } from "./change-role.ts";

export const updateAssumeRolePolicy: Operation<IamApi, "UpdateAssumeRolePolicy", IamDeps> = {
  name: "UpdateAssumeRolePolicy",

  permissions(input, { scope }) {
    return onRole("UpdateAssumeRolePolicy", scope.account, input.RoleName);
  },

  async run(input, context, deps) {
    await changeRole(deps, context, input.RoleName, (role) => {
      checkTrustPolicy(input.PolicyDocument, deps.directory);
      return { ...role, trustPolicy: input.PolicyDocument };
    });
    return {};
  },
};
