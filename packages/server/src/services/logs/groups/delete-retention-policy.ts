import type { Operation } from "../../operation.ts";
import { streamArn } from "../arns.ts";
import type { LogsApi, LogsDeps } from "../deps.ts";
import { noSuchGroup } from "../errors.ts";

export const deleteRetentionPolicy: Operation<LogsApi, "DeleteRetentionPolicy", LogsDeps> = {
  name: "DeleteRetentionPolicy",

  permissions(input, { scope }) {
    return [{ action: "logs:DeleteRetentionPolicy", resource: streamArn(scope, input.logGroupName) }];
  },

  async run(input, { scope }, { logs }) {
    if (!(await logs.setRetention(scope, input.logGroupName, undefined))) {
      throw noSuchGroup();
    }
    return {};
  },
};
