import type { Operation } from "../../operation.ts";
import type { IamApi, IamDeps } from "../deps.ts";
import { deleteConflict } from "../errors.ts";
import { onUser } from "../named-permission.ts";
import { existingUser } from "./existing-user.ts";

export const deleteUser: Operation<IamApi, "DeleteUser", IamDeps> = {
  name: "DeleteUser",

  permissions(input, { scope }) {
    return onUser("DeleteUser", scope.account, input.UserName);
  },

  async run(input, _context, { directory }) {
    await directory.exclusive(async () => {
      const user = existingUser(directory, input.UserName);
      if (directory.accessKeysOf(user.userName).length > 0) {
        throw deleteConflict("must delete access keys first.");
      }
      if (user.attachedPolicies.length > 0) {
        throw deleteConflict("must detach all policies first.");
      }
      if (Object.keys(user.inlinePolicies).length > 0) {
        throw deleteConflict("must delete policies first.");
      }
      await directory.deleteUser(user);
    });
    return {};
  },
};
