import { noSuchKey, tooManyObjectTags } from "../errors.ts";
import { requireObject } from "../shared/require-object.ts";
import type { S3Operation } from "../shared/s3-operation.ts";
import { objectPermission } from "./object-permissions.ts";
import { maximumObjectTags } from "./tag-header.ts";
import { tagRecord } from "./tag-set.ts";

/** Replaces all tags of an object. */
export const putObjectTagging: S3Operation<"PutObjectTagging"> = {
  name: "PutObjectTagging",

  permissions: (input) => objectPermission("PutObjectTagging", input),

  async run(input, context, deps) {
    if (input.Tagging.TagSet.length > maximumObjectTags) {
      throw tooManyObjectTags();
    }
    const tags = tagRecord(input.Tagging.TagSet);
    await requireObject(deps, input, context);
    if (!(await deps.objects.setTags(input.Bucket, input.Key, tags))) {
      throw noSuchKey(input.Key);
    }
    return {};
  },
};
