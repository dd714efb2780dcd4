import type { Operation } from "../../operation.ts";
import type { IamApi, IamDeps } from "../deps.ts";
import { addTags, checkTagCount } from "../directory/tags.ts";
import { onUser, requestTagKeys } from "../named-permission.ts";
import { changeUser } from "./change-user.ts";

export const tagUser: Operation<IamApi, "TagUser", IamDeps> = {
  name: "TagUser",

  permissions(input, { scope }) {
    return onUser("TagUser", scope.account, input.UserName, requestTagKeys(input.Tags));
  },

  async run(input, context, deps) {
    await changeUser(deps, context, input.UserName, (user) => {
      const tags = addTags(user.tags, input.Tags);
      checkTagCount(tags);
      return { ...user, tags };
    });
    return {};
  },
};
