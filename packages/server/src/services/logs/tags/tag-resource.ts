import type { Operation } from "../../operation.ts";
import type { LogsApi, LogsDeps } from "../deps.ts";
import { groupOfArn } from "../group-name.ts";
import { addTags } from "./change-tags.ts";

export const tagResource: Operation<LogsApi, "TagResource", LogsDeps> = {
  name: "TagResource",

  permissions(input) {
    return [{ action: "logs:TagResource", resource: input.resourceArn }];
  },

  async run(input, { scope }, deps) {
    await addTags(deps, scope, groupOfArn(input.resourceArn, scope), input.tags);
    return {};
  },
};
