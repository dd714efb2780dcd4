import { noSuchUpload } from "../errors.ts";
import { bodyChecks } from "../objects/body-checks.ts";
import { checksumMembers } from "../objects/checksum-members.ts";
import { objectPermission } from "../objects/object-permissions.ts";
import { requestBody } from "../objects/request-body.ts";
import { refuseUnsupportedHeaders } from "../objects/stored-attributes.ts";
import { quoted } from "../shared/etag.ts";
import type { S3Operation } from "../shared/s3-operation.ts";
import { checkPartNumber } from "./part-number.ts";
import { requireUpload } from "./require-upload.ts";
import { partAlgorithms } from "./upload-checksum.ts";

/** Stores one part; a part of the same number is replaced. */
export const uploadPart: S3Operation<"UploadPart"> = {
  name: "UploadPart",

  permissions: (input) => objectPermission("PutObject", input),

  async run(input, _context, deps) {
    checkPartNumber(input.PartNumber);
    refuseUnsupportedHeaders(input);
    const body = requestBody(input);
    const checks = bodyChecks(input, body);
    const upload = await requireUpload(deps, input);

    const part = await deps.objects.putPart(upload.uploadId, input.PartNumber, body.content, {
      algorithms: partAlgorithms(upload, checks.algorithms),
      verify: checks.verify,
    });
    if (part === undefined) {
      throw noSuchUpload(input.UploadId);
    }
    return { ETag: quoted(part.etag), ...checksumMembers(part.checksums) };
  },
};
