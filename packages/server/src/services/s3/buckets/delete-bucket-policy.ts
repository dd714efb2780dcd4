import { requireBucket } from "../shared/require-bucket.ts";
import type { S3Operation } from "../shared/s3-operation.ts";
import { bucketPermission } from "./bucket-permissions.ts";
import { policySetting } from "./bucket-policy.ts";

/** Succeeds also where there is no policy. */
export const deleteBucketPolicy: S3Operation<"DeleteBucketPolicy"> = {
  name: "DeleteBucketPolicy",

  permissions: (input) => bucketPermission("DeleteBucketPolicy", input),

  async run(input, _context, deps) {
    await requireBucket(deps, input);
    await deps.objects.setBucketSetting(input.Bucket, policySetting, undefined);
    return {};
  },
};
