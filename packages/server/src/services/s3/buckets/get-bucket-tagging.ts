import { notConfigured } from "../errors.ts";
import { tagList } from "../objects/tag-set.ts";
import { requireBucket } from "../shared/require-bucket.ts";
import type { S3Operation } from "../shared/s3-operation.ts";
import { bucketPermission } from "./bucket-permissions.ts";
import { taggingSetting } from "./put-bucket-tagging.ts";

export const getBucketTagging: S3Operation<"GetBucketTagging"> = {
  name: "GetBucketTagging",

  permissions: (input) => bucketPermission("GetBucketTagging", input),

  async run(input, _context, deps) {
    const tagging = (await requireBucket(deps, input)).settings[taggingSetting];
    if (tagging === undefined) {
      throw notConfigured("NoSuchTagSet", "The TagSet does not exist", input.Bucket);
    }
    return { TagSet: tagList(JSON.parse(tagging) as Record<string, string>) };
  },
};
