import { requireBucket } from "../shared/require-bucket.ts";
import type { S3Operation } from "../shared/s3-operation.ts";
import { bucketPermission } from "./bucket-permissions.ts";
import { checkBucketPolicy, policySetting } from "./bucket-policy.ts";

/** Replaces the bucket's policy, which takes part in every decision from then on. */
export const putBucketPolicy: S3Operation<"PutBucketPolicy"> = {
  name: "PutBucketPolicy",

  permissions: (input) => bucketPermission("PutBucketPolicy", input),

  async run(input, _context, deps) {
    await requireBucket(deps, input);
    checkBucketPolicy(input.Policy, input.Bucket);
    await deps.objects.setBucketSetting(input.Bucket, policySetting, input.Policy);
    return {};
  },
};
