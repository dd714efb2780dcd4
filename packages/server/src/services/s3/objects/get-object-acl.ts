import { fullControl } from "../shared/full-control.ts";
import { requireBucket } from "../shared/require-bucket.ts";
import { requireObject } from "../shared/require-object.ts";
import type { S3Operation } from "../shared/s3-operation.ts";
import { objectPermission } from "./object-permissions.ts";

/** Objects belong to the bucket's owner. */
export const getObjectAcl: S3Operation<"GetObjectAcl"> = {
  name: "GetObjectAcl",

  permissions: (input) => objectPermission("GetObjectAcl", input),

  async run(input, context, deps) {
    await requireObject(deps, input, context);
    return fullControl((await requireBucket(deps, input)).account);
  },
};
