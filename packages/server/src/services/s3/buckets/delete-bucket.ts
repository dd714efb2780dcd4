import { bucketNotEmpty, noSuchBucket } from "../errors.ts";
import { checkExpectedOwner } from "../shared/require-bucket.ts";
import type { S3Operation } from "../shared/s3-operation.ts";
import { bucketPermission } from "./bucket-permissions.ts";

/** Deletes an empty bucket; unfinished multipart uploads do not keep it, and go with it. */
export const deleteBucket: S3Operation<"DeleteBucket"> = {
  name: "DeleteBucket",

  permissions: (input) => bucketPermission("DeleteBucket", input),

  async run(input, _context, deps) {
    await checkExpectedOwner(deps, input);
    const outcome = await deps.objects.deleteBucket(input.Bucket);
    if (outcome === "no-such-bucket") {
      throw noSuchBucket(input.Bucket);
    }
    if (outcome === "not-empty") {
      throw bucketNotEmpty(input.Bucket);
    }
    return {};
  },
};
