import type { Operation } from "../../operation.ts";
import type { LogsApi, LogsDeps } from "../deps.ts";
import { groupOfArn } from "../group-name.ts";
import { tagsOf } from "./change-tags.ts";

export const listTagsForResource: Operation<LogsApi, "ListTagsForResource", LogsDeps> = {
  name: "ListTagsForResource",

  permissions(input) {
    return [{ action: "logs:ListTagsForResource", resource: input.resourceArn }];
  },

  async run(input, { scope }, deps) {
    return { tags: { ...(await tagsOf(deps, scope, groupOfArn(input.resourceArn, scope))) } };
  },
};
