import type { Operation } from "../../operation.ts";
import type { IamApi, IamDeps } from "../deps.ts";
import { onRole } from "../named-permission.ts";
import { changeRole } from "./change-role.ts";

export const updateRole: Operation<IamApi, "UpdateRole", IamDeps> = {
  name: "UpdateRole",

  permissions(input, { scope }) {
    return onRole("UpdateRole", scope.account, input.RoleName);
  },

  async run(input, context, deps) {
    await changeRole(deps, context, input.RoleName, (role) => ({
      ...role,
      ...(input.Description === undefined ? {} : { description: input.Description }),
      maxSessionSeconds: input.MaxSessionDuration ?? role.maxSessionSeconds,
    }));
    return {};
  },
};
