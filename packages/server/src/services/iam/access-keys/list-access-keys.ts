import type { Operation } from "../../operation.ts";
import type { IamApi, IamDeps } from "../deps.ts";
import { onUser } from "../named-permission.ts";
import { pageOf } from "../page.ts";
import { calledUserName } from "../users/called-user-name.ts";
import { existingUser } from "../users/existing-user.ts";

export const listAccessKeys: Operation<IamApi, "ListAccessKeys", IamDeps> = {
  name: "ListAccessKeys",

  permissions(input, { scope, caller }) {
    return onUser("ListAccessKeys", scope.account, calledUserName(input.UserName, caller));
  },

  async run(input, { caller }, { directory }) {
    const user = existingUser(directory, calledUserName(input.UserName, caller));
    const { items, rest } = pageOf(directory.accessKeysOf(user.userName), ({ accessKeyId }) => accessKeyId, input);
    const shapes = items.map((key) => ({
      UserName: key.userName,
      AccessKeyId: key.accessKeyId,
      Status: key.status,
      CreateDate: key.createdAt,
    }));
    return { AccessKeyMetadata: shapes, ...rest };
  },
};
