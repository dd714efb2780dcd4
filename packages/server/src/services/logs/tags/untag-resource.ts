import type { Operation } from "../../operation.ts";
import type { LogsApi, LogsDeps } from "../deps.ts";
import { groupOfArn } from "../group-name.ts";
import { removeTags } from "./change-tags.ts";

export const untagResource: Operation<LogsApi, "UntagResource", LogsDeps> = {
  name: "UntagResource",

  permissions(input) {
    return [{ action: "logs:UntagResource", resource: input.resourceArn }];
  },

  async run(input, { scope }, deps) {
    await removeTags(deps, scope, groupOfArn(input.resourceArn, scope), input.tagKeys);
    return {};
  },
};
