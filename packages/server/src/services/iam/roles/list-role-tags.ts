import type { Operation } from "../../operation.ts";
import type { IamApi, IamDeps } from "../deps.ts";
import { tagList } from "../directory/tags.ts";
import { onRole } from "../named-permission.ts";
import { pageOf } from "../page.ts";
import { existingRole } from "./existing-role.ts";

export const listRoleTags: Operation<IamApi, "ListRoleTags", IamDeps> = {
  name: "ListRoleTags",

  permissions(input, { scope }) {
    return onRole("ListRoleTags", scope.account, input.RoleName);
  },

  async run(input, _context, { directory }) {
    const tags = tagList(existingRole(directory, input.RoleName).tags);
    const { items, rest } = pageOf(tags, ({ Key }) => Key, input);
    return { Tags: items, ...rest };
  },
};
