import type { Operation } from "../../operation.ts";
import { rootArn } from "../arns.ts";
import type { IamApi, IamDeps } from "../deps.ts";
import { onUser } from "../named-permission.ts";
import { calledUserName } from "./called-user-name.ts";
import { existingUser } from "./existing-user.ts";
import { userShape } from "./user-shape.ts";

/** Without a name, the caller; root is answered as a user without a name, as AWS does. */
export const getUser: Operation<IamApi, "GetUser", IamDeps> = {
  name: "GetUser",

  permissions(input, context) {
    const { account } = context.scope;
    if (input.UserName === undefined && context.caller.type === "root") {
      return [{ action: "iam:GetUser", resource: rootArn(account) }];
    }
    return onUser("GetUser", account, calledUserName(input.UserName, context.caller));
  },

  async run(input, { caller, scope }, { directory }) {
    const { account } = scope;
    if (input.UserName === undefined && caller.type === "root") {
      const { createdAt } = directory;
      return {
        User: { Path: "/", UserName: undefined, UserId: account, Arn: rootArn(account), CreateDate: createdAt },
      };
    }
    return { User: userShape(account, existingUser(directory, calledUserName(input.UserName, caller))) };
  },
};
