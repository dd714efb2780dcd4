import type { Operation } from "../../operation.ts";
import type { IamApi, IamDeps } from "../deps.ts";
import { userArn } from "../arns.ts";
import { pageOf } from "../page.ts";
import { userSummary } from "./user-shape.ts";

export const listUsers: Operation<IamApi, "ListUsers", IamDeps> = {
  name: "ListUsers",

  permissions(input, { scope }) {
    return [{ action: "iam:ListUsers", resource: userArn(scope.account, input.PathPrefix ?? "/", "") }];
  },

  async run(input, { scope }, { directory }) {
    const under = [...directory.users.values()].filter(({ path }) => path.startsWith(input.PathPrefix ?? "/"));
    const { items, rest } = pageOf(under, ({ userName }) => userName, input);
    return { Users: items.map((user) => userSummary(scope.account, user)), ...rest };
  },
};
