import type { Operation } from "../../operation.ts";
import type { IamApi, IamDeps } from "../deps.ts";
import { invalidInput } from "../errors.ts";
import { onUser } from "../named-permission.ts";
import { calledUserName } from "../users/called-user-name.ts";
import { existingAccessKey } from "./existing-access-key.ts";

export const updateAccessKey: Operation<IamApi, "UpdateAccessKey", IamDeps> = {
  name: "UpdateAccessKey",

  permissions(input, { scope, caller }) {
    return onUser("UpdateAccessKey", scope.account, calledUserName(input.UserName, caller));
  },

  async run(input, { caller, now }, { directory }) {
    const status = input.Status;
    if (status !== "Active" && status !== "Inactive") {
      throw invalidInput(`The status of an access key cannot be set to ${status}.`);
    }
    await directory.exclusive(async () => {
      const key = existingAccessKey(directory, calledUserName(input.UserName, caller), input.AccessKeyId);
      await directory.accessKeys.replace(key.accessKeyId, { ...key, status }, now);
    });
    return {};
  },
};
