import type { Operation } from "../../operation.ts";
import type { IamApi, IamDeps } from "../deps.ts";
import { roleArn } from "../arns.ts";
import { pageOf } from "../page.ts";
import { roleSummary } from "./role-shape.ts";

export const listRoles: Operation<IamApi, "ListRoles", IamDeps> = {
  name: "ListRoles",

  permissions(input, { scope }) {
    return [{ action: "iam:ListRoles", resource: roleArn(scope.account, input.PathPrefix ?? "/", "") }];
  },

  async run(input, { scope }, { directory }) {
    const under = [...directory.roles.values()].filter(({ path }) => path.startsWith(input.PathPrefix ?? "/"));
    const { items, rest } = pageOf(under, ({ roleName }) => roleName, input);
    return { Roles: items.map((role) => roleSummary(scope.account, role)), ...rest };
  },
};
