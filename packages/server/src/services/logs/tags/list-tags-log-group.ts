import type { Operation } from "../../operation.ts";
import { groupArn } from "../arns.ts";
import type { LogsApi, LogsDeps } from "../deps.ts";
import { tagsOf } from "./change-tags.ts";

export const listTagsLogGroup: Operation<LogsApi, "ListTagsLogGroup", LogsDeps> = {
  name: "ListTagsLogGroup",

  permissions(input, { scope }) {
    return [{ action: "logs:ListTagsLogGroup", resource: groupArn(scope, input.logGroupName) }];
  },

  async run(input, { scope }, deps) {
    return { tags: { ...(await tagsOf(deps, scope, input.logGroupName)) } };
  },
};
