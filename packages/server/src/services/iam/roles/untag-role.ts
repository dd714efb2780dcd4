import type { Operation } from "../../operation.ts";
import type { IamApi, IamDeps } from "../deps.ts";
import { removeTags } from "../directory/tags.ts";
import { onRole } from "../named-permission.ts";
import { changeRole } from "./change-role.ts";

export const untagRole: Operation<IamApi, "UntagRole", IamDeps> = {
  name: "UntagRole",

  permissions(input, { scope }) {
    return onRole("UntagRole", scope.account, input.RoleName, { "aws:TagKeys": input.TagKeys });
  },

  async run(input, context, deps) {
    await changeRole(deps, context, input.RoleName, (role) => ({
      ...role,
      tags: removeTags(role.tags, input.TagKeys),
    }));
    return {};
  },
};
