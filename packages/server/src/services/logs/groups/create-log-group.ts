import type { Operation } from "../../operation.ts";
import { groupArn, streamArn } from "../arns.ts";
import type { LogsApi, LogsDeps } from "../deps.ts";
import { groupExists } from "../errors.ts";

export const createLogGroup: Operation<LogsApi, "CreateLogGroup", LogsDeps> = {
  name: "CreateLogGroup",

  permissions(input, { scope }) {
    const permission = { action: "logs:CreateLogGroup", resource: streamArn(scope, input.logGroupName) };
    return input.tags === undefined
      ? [permission]
      : [permission, { action: "logs:TagResource", resource: groupArn(scope, input.logGroupName) }];
  },

  async run(input, { scope }, { logs }) {
    if (!(await logs.createGroup(scope, input.logGroupName, { tags: input.tags ?? {} }))) {
      throw groupExists();
    }
    return {};
  },
};
