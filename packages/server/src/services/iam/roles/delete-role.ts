import type { Operation } from "../../operation.ts";
import type { IamApi, IamDeps } from "../deps.ts";
import { deleteConflict } from "../errors.ts";
import { onRole } from "../named-permission.ts";
import { existingRole } from "./existing-role.ts";

/** Sessions of the role end with it. */
export const deleteRole: Operation<IamApi, "DeleteRole", IamDeps> = {
  name: "DeleteRole",

  permissions(input, { scope }) {
    return onRole("DeleteRole", scope.account, input.RoleName);
  },

  async run(input, _context, { directory }) {
    await directory.exclusive(async () => {
      const role = existingRole(directory, input.RoleName);
      if (role.attachedPolicies.length > 0) {
        throw deleteConflict("must detach all policies first.");
      }
      if (Object.keys(role.inlinePolicies).length > 0) {
        throw deleteConflict("must delete policies first.");
      }
      await directory.deleteRole(role);
    });
    return {};
  },
};
