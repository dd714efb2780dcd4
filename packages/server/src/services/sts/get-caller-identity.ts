import type { Operation } from "../operation.ts";
import type { StsApi, StsDeps } from "./deps.ts";

/** Says who signed the request. Nobody can be denied this. */
export const getCallerIdentity: Operation<StsApi, "GetCallerIdentity", StsDeps> = {
  name: "GetCallerIdentity",

  permissions() {
    return [];
  },

  async run(_input, { caller }) {
    return { UserId: caller.userId, Account: caller.account, Arn: caller.arn };
  },
};
