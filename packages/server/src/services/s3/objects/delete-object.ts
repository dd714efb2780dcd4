import { headerNotImplemented } from "../errors.ts";
import { requireBucket } from "../shared/require-bucket.ts";
import { checkVersion } from "../shared/require-object.ts";
import type { S3Operation } from "../shared/s3-operation.ts";
import { objectPermission } from "./object-permissions.ts";

/** Deletes a key; deleting one that does not exist succeeds. */
export const deleteObject: S3Operation<"DeleteObject"> = {
  name: "DeleteObject",

  permissions: (input) => objectPermission("DeleteObject", input),

  async run(input, _context, deps) {
    checkVersion(input.VersionId);
    // A conditional delete must be checked in the deleting transaction; a look beforehand could delete somebody's new object.
    if (input.IfMatch !== undefined || input.IfMatchSize !== undefined || input.IfMatchLastModifiedTime !== undefined) {
      throw headerNotImplemented("If-Match");
    }
    await requireBucket(deps, input);
    await deps.objects.delete(input.Bucket, input.Key);
    return {};
  },
};
