import type { Operation } from "../../operation.ts";
import type { IamApi, IamDeps } from "../deps.ts";
import { tagList } from "../directory/tags.ts";
import { onUser } from "../named-permission.ts";
import { pageOf } from "../page.ts";
import { existingUser } from "./existing-user.ts";

export const listUserTags: Operation<IamApi, "ListUserTags", IamDeps> = {
  name: "ListUserTags",

  permissions(input, { scope }) {
    return onUser("ListUserTags", scope.account, input.UserName);
  },

  async run(input, _context, { directory }) {
    const tags = tagList(existingUser(directory, input.UserName).tags);
    const { items, rest } = pageOf(tags, ({ Key }) => Key, input);
    return { Tags: items, ...rest };
  },
};
