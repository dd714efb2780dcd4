import type { Operation } from "../../operation.ts";
import type { IamApi, IamDeps } from "../deps.ts";
import { removeTags } from "../directory/tags.ts";
import { onUser } from "../named-permission.ts";
import { changeUser } from "./change-user.ts";

export const untagUser: Operation<IamApi, "UntagUser", IamDeps> = {
  name: "UntagUser",

  permissions(input, { scope }) {
    return onUser("UntagUser", scope.account, input.UserName, { "aws:TagKeys": input.TagKeys });
  },

  async run(input, context, deps) {
    await changeUser(deps, context, input.UserName, (user) => ({
      ...user,
      tags: removeTags(user.tags, input.TagKeys),
    }));
    return {};
  },
};
