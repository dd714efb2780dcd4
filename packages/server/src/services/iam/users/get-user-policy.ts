import type { Operation } from "../../operation.ts";
import type { IamApi, IamDeps } from "../deps.ts";
import { encodeDocument } from "../encode-document.ts";
import { inlinePolicy } from "../holders/inline-policies.ts";
import { onUser } from "../named-permission.ts";
import { existingUser } from "./existing-user.ts";

export const getUserPolicy: Operation<IamApi, "GetUserPolicy", IamDeps> = {
  name: "GetUserPolicy",

  permissions(input, { scope }) {
    return onUser("GetUserPolicy", scope.account, input.UserName);
  },

  async run(input, _context, { directory }) {
    const user = existingUser(directory, input.UserName);
    const document = inlinePolicy(user, input.PolicyName, "user");
    return {
      UserName: user.userName,
      PolicyName: input.PolicyName,
      PolicyDocument: encodeDocument(document),
    };
  },
};
