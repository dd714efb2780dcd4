import { invalidTag } from "../errors.ts";
import { tagRecord } from "../objects/tag-set.ts";
import { requireBucket } from "../shared/require-bucket.ts";
import type { S3Operation } from "../shared/s3-operation.ts";
import { bucketPermission } from "./bucket-permissions.ts";

/** The bucket setting that holds the tags, as a JSON object. */
export const taggingSetting = "tagging";

const maximumTags = 50;

/** Replaces all tags of the bucket. */
export const putBucketTagging: S3Operation<"PutBucketTagging"> = {
  name: "PutBucketTagging",

  permissions: (input) => bucketPermission("PutBucketTagging", input),

  async run(input, _context, deps) {
    await requireBucket(deps, input);
    const tags = tagRecord(input.Tagging.TagSet);
    if (Object.keys(tags).length > maximumTags) {
      throw invalidTag(`Bucket tag count cannot be greater than ${maximumTags}`);
    }
    await deps.objects.setBucketSetting(input.Bucket, taggingSetting, JSON.stringify(tags));
    return {};
  },
};
