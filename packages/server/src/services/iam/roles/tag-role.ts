import type { Operation } from "../../operation.ts";
import type { IamApi, IamDeps } from "../deps.ts";
import { addTags, checkTagCount } from "../directory/tags.ts";
import { onRole, requestTagKeys } from "../named-permission.ts";
import { changeRole } from "./change-role.ts";

export const tagRole: Operation<IamApi, "TagRole", IamDeps> = {
  name: "TagRole",

  permissions(input, { scope }) {
    return onRole("TagRole", scope.account, input.RoleName, requestTagKeys(input.Tags));
  },

  async run(input, context, deps) {
    await changeRole(deps, context, input.RoleName, (role) => {
      const tags = addTags(role.tags, input.Tags);
      checkTagCount(tags);
      return { ...role, tags };
    });
    return {};
  },
};
