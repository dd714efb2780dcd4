import type { Operation } from "../../operation.ts";
import { streamArn } from "../arns.ts";
import type { LogsApi, LogsDeps } from "../deps.ts";
import { noSuchGroup } from "../errors.ts";

/** Deletes the group with its streams and events. */
export const deleteLogGroup: Operation<LogsApi, "DeleteLogGroup", LogsDeps> = {
  name: "DeleteLogGroup",

  permissions(input, { scope }) {
    return [{ action: "logs:DeleteLogGroup", resource: streamArn(scope, input.logGroupName) }];
  },

  async run(input, { scope }, { logs }) {
    if (!(await logs.deleteGroup(scope, input.logGroupName))) {
      throw noSuchGroup();
    }
    return {};
  },
};
