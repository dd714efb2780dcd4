import { fullControl } from "../shared/full-control.ts";
import { requireBucket } from "../shared/require-bucket.ts";
import type { S3Operation } from "../shared/s3-operation.ts";
import { bucketPermission } from "./bucket-permissions.ts";

export const getBucketAcl: S3Operation<"GetBucketAcl"> = {
  name: "GetBucketAcl",

  permissions: (input) => bucketPermission("GetBucketAcl", input),

  run: async (input, _context, deps) => fullControl((await requireBucket(deps, input)).account),
};
