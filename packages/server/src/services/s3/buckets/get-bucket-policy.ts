import { notConfigured } from "../errors.ts";
import { requireBucket } from "../shared/require-bucket.ts";
import type { S3Operation } from "../shared/s3-operation.ts";
import { bucketPermission } from "./bucket-permissions.ts";
import { policySetting } from "./bucket-policy.ts";

export const getBucketPolicy: S3Operation<"GetBucketPolicy"> = {
  name: "GetBucketPolicy",

  permissions: (input) => bucketPermission("GetBucketPolicy", input),

  async run(input, _context, deps) {
    const Policy = (await requireBucket(deps, input)).settings[policySetting];
    if (Policy === undefined) {
      throw notConfigured("NoSuchBucketPolicy", "The bucket policy does not exist", input.Bucket);
    }
    return { Policy };
  },
};
