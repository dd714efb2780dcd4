import type { Operation } from "../../operation.ts";
import type { IamApi, IamDeps } from "../deps.ts";
import { onRole } from "../named-permission.ts";
import { existingRole } from "./existing-role.ts";
import { roleShape } from "./role-shape.ts";

export const getRole: Operation<IamApi, "GetRole", IamDeps> = {
  name: "GetRole",

  permissions(input, { scope }) {
    return onRole("GetRole", scope.account, input.RoleName);
  },

  async run(input, { scope }, { directory }) {
    return { Role: roleShape(scope.account, existingRole(directory, input.RoleName)) };
  },
};
