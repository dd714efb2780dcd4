import type { Operation } from "../../operation.ts";
import { groupArn } from "../arns.ts";
import type { LogsApi, LogsDeps } from "../deps.ts";
import { removeTags } from "./change-tags.ts";

export const untagLogGroup: Operation<LogsApi, "UntagLogGroup", LogsDeps> = {
  name: "UntagLogGroup",

  permissions(input, { scope }) {
    return [{ action: "logs:UntagLogGroup", resource: groupArn(scope, input.logGroupName) }];
  },

  async run(input, { scope }, deps) {
    await removeTags(deps, scope, input.logGroupName, input.tags);
    return {};
  },
};
