import { notConfigured } from "../errors.ts";
import { requireBucket } from "../shared/require-bucket.ts";
import type { S3Operation } from "../shared/s3-operation.ts";
import { bucketPermission } from "./bucket-permissions.ts";
import { isPublicPolicy, policySetting } from "./bucket-policy.ts";

export const getBucketPolicyStatus: S3Operation<"GetBucketPolicyStatus"> = {
  name: "GetBucketPolicyStatus",

  permissions: (input) => bucketPermission("GetBucketPolicyStatus", input),

  async run(input, _context, deps) {
    const policy = (await requireBucket(deps, input)).settings[policySetting];
    if (policy === undefined) {
      throw notConfigured("NoSuchBucketPolicy", "The bucket policy does not exist", input.Bucket);
    }
    return { PolicyStatus: { IsPublic: isPublicPolicy(policy) } };
  },
};
