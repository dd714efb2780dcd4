import type { Operation } from "../../operation.ts";
import type { IamApi, IamDeps } from "../deps.ts";
import type { AccessKeyEntry } from "../directory/entries.ts";
import { limitExceeded } from "../errors.ts";
import { onUser } from "../named-permission.ts";
import { calledUserName } from "../users/called-user-name.ts";
import { existingUser } from "../users/existing-user.ts";
import { quotas } from "../quotas.ts";

/** The only answer that ever holds the secret. */
export const createAccessKey: Operation<IamApi, "CreateAccessKey", IamDeps> = {
  name: "CreateAccessKey",

  permissions(input, { scope, caller }) {
    return onUser("CreateAccessKey", scope.account, calledUserName(input.UserName, caller));
  },

  async run(input, { caller, now }, { directory, ids }) {
    return directory.exclusive(async () => {
      const { userName } = existingUser(directory, calledUserName(input.UserName, caller));
      if (directory.accessKeysOf(userName).length >= quotas.accessKeysPerUser) {
        throw limitExceeded("AccessKeysPerUser", quotas.accessKeysPerUser);
      }
      const key: AccessKeyEntry = {
        accessKeyId: `AKIA${ids.base32(16)}`,
        secretAccessKey: ids.secret(40),
        userName,
        status: "Active",
        createdAt: now,
      };
      await directory.accessKeys.create(key.accessKeyId, key, now);
      return {
        AccessKey: {
          UserName: userName,
          AccessKeyId: key.accessKeyId,
          Status: key.status,
          SecretAccessKey: key.secretAccessKey,
          CreateDate: now,
        },
      };
    });
  },
};
