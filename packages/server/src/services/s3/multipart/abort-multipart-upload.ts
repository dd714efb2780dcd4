import { noSuchUpload } from "../errors.ts";
import { objectPermission } from "../objects/object-permissions.ts";
import type { S3Operation } from "../shared/s3-operation.ts";
import { requireUpload } from "./require-upload.ts";

/** Drops an upload with its parts. */
export const abortMultipartUpload: S3Operation<"AbortMultipartUpload"> = {
  name: "AbortMultipartUpload",

  permissions: (input) => objectPermission("AbortMultipartUpload", input),

  async run(input, _context, deps) {
    const upload = await requireUpload(deps, input);
    if (!(await deps.objects.abortUpload(upload.uploadId))) {
      throw noSuchUpload(input.UploadId);
    }
    return {};
  },
};
