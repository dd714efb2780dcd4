import { requireBucket } from "../shared/require-bucket.ts";
import type { S3Operation } from "../shared/s3-operation.ts";
import { bucketPermission } from "./bucket-permissions.ts";
import { taggingSetting } from "./put-bucket-tagging.ts";

/** Needs `s3:PutBucketTagging`: there is no action of its own. */
export const deleteBucketTagging: S3Operation<"DeleteBucketTagging"> = {
  name: "DeleteBucketTagging",

  permissions: (input) => bucketPermission("PutBucketTagging", input),

  async run(input, _context, deps) {
    await requireBucket(deps, input);
    await deps.objects.setBucketSetting(input.Bucket, taggingSetting, undefined);
    return {};
  },
};
