import { bucketArn } from "../shared/arns.ts";
import { requireBucket } from "../shared/require-bucket.ts";
import type { S3Operation } from "../shared/s3-operation.ts";
import { bucketPermission } from "./bucket-permissions.ts";

/** Does the bucket exist, and may the caller list it? There is no action `s3:HeadBucket`. */
export const headBucket: S3Operation<"HeadBucket"> = {
  name: "HeadBucket",

  permissions: (input) => bucketPermission("ListBucket", input),

  async run(input, _context, deps) {
    const bucket = await requireBucket(deps, input);
    return { BucketArn: bucketArn(bucket.name), BucketRegion: bucket.region };
  },
};
