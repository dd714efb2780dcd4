import type { Operation } from "../../operation.ts";
import { groupArn } from "../arns.ts";
import type { LogsApi, LogsDeps } from "../deps.ts";
import { addTags } from "./change-tags.ts";

export const tagLogGroup: Operation<LogsApi, "TagLogGroup", LogsDeps> = {
  name: "TagLogGroup",

  permissions(input, { scope }) {
    return [{ action: "logs:TagLogGroup", resource: groupArn(scope, input.logGroupName) }];
  },

  async run(input, { scope }, deps) {
    await addTags(deps, scope, input.logGroupName, input.tags);
    return {};
  },
};
