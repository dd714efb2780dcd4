import { requireBucket } from "../shared/require-bucket.ts";
import type { S3Operation, S3Output } from "../shared/s3-operation.ts";
import { bucketPermission } from "./bucket-permissions.ts";
import { locationConstraint } from "./location-constraint.ts";

type Constraint = S3Output<"GetBucketLocation">["LocationConstraint"];

export const getBucketLocation: S3Operation<"GetBucketLocation"> = {
  name: "GetBucketLocation",

  permissions: (input) => bucketPermission("GetBucketLocation", input),

  async run(input, _context, deps) {
    const { region } = await requireBucket(deps, input);
    return { LocationConstraint: locationConstraint(region) as Constraint };
  },
};
