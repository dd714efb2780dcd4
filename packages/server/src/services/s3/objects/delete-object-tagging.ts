import { requireObject } from "../shared/require-object.ts";
import type { S3Operation } from "../shared/s3-operation.ts";
import { objectPermission } from "./object-permissions.ts";

export const deleteObjectTagging: S3Operation<"DeleteObjectTagging"> = {
  name: "DeleteObjectTagging",

  permissions: (input) => objectPermission("DeleteObjectTagging", input),

  async run(input, context, deps) {
    await requireObject(deps, input, context);
    await deps.objects.setTags(input.Bucket, input.Key, {});
    return {};
  },
};
