import { requireObject } from "../shared/require-object.ts";
import type { S3Operation } from "../shared/s3-operation.ts";
import { objectPermission } from "./object-permissions.ts";
import { tagList } from "./tag-set.ts";

export const getObjectTagging: S3Operation<"GetObjectTagging"> = {
  name: "GetObjectTagging",

  permissions: (input) => objectPermission("GetObjectTagging", input),

  run: async (input, context, deps) => ({ TagSet: tagList((await requireObject(deps, input, context)).tags) }),
};
