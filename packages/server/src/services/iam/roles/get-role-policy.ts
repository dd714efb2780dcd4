import type { Operation } from "../../operation.ts";
import type { IamApi, IamDeps } from "../deps.ts";
import { encodeDocument } from "../encode-document.ts";
import { inlinePolicy } from "../holders/inline-policies.ts";
import { onRole } from "../named-permission.ts";
import { existingRole } from "./existing-role.ts";

export const getRolePolicy: Operation<IamApi, "GetRolePolicy", IamDeps> = {
  name: "GetRolePolicy",

  permissions(input, { scope }) {
    return onRole("GetRolePolicy", scope.account, input.RoleName);
  },

  async run(input, _context, { directory }) {
    const role = existingRole(directory, input.RoleName);
    const document = inlinePolicy(role, input.PolicyName, "role");
    return {
      RoleName: role.roleName,
      PolicyName: input.PolicyName,
      PolicyDocument: encodeDocument(document),
    };
  },
};
