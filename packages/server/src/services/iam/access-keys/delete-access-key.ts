import type { Operation } from "../../operation.ts";
import type { IamApi, IamDeps } from "../deps.ts";
import { onUser } from "../named-permission.ts";
import { calledUserName } from "../users/called-user-name.ts";
import { existingAccessKey } from "./existing-access-key.ts";

export const deleteAccessKey: Operation<IamApi, "DeleteAccessKey", IamDeps> = {
  name: "DeleteAccessKey",

  permissions(input, { scope, caller }) {
    return onUser("DeleteAccessKey", scope.account, calledUserName(input.UserName, caller));
  },

  async run(input, { caller }, { directory }) {
    await directory.exclusive(async () => {
      const key = existingAccessKey(directory, calledUserName(input.UserName, caller), input.AccessKeyId);
      await directory.accessKeys.delete(key.accessKeyId);
    });
    return {};
  },
};
