import type { UploadedPart } from "../../../platform/objects/object-store.ts";
import { noSuchUpload } from "../errors.ts";
import { checksumMembers } from "../objects/checksum-members.ts";
import { checkCopySize, openCopySource, parseCopySource } from "../objects/copy-source.ts";
import { objectPermission } from "../objects/object-permissions.ts";
import { refuseUnsupportedHeaders } from "../objects/stored-attributes.ts";
import { quoted } from "../shared/etag.ts";
import type { S3Operation, S3Output } from "../shared/s3-operation.ts";
import { wholeSeconds } from "../shared/whole-seconds.ts";
import { copySourceRange } from "./copy-source-range.ts";
import { checkPartNumber } from "./part-number.ts";
import { requireUpload } from "./require-upload.ts";
import { partAlgorithms } from "./upload-checksum.ts";

/** Stores a part whose bytes are another object's, or a range of them. */
export const uploadPartCopy: S3Operation<"UploadPartCopy"> = {
  name: "UploadPartCopy",

  permissions: (input) => [
    ...objectPermission("GetObject", parseCopySource(input.CopySource)),
    ...objectPermission("PutObject", input),
  ],

  async run(input, context, deps) {
    checkPartNumber(input.PartNumber);
    refuseUnsupportedHeaders(input);
    const upload = await requireUpload(deps, input);
    const source = await openCopySource(deps, input, context);
    try {
      const { size } = source.info;
      const range = input.CopySourceRange === undefined ? undefined : copySourceRange(input.CopySourceRange, size);
      checkCopySize(range === undefined ? size : range.end - range.start + 1);
      const algorithms = partAlgorithms(upload, []);
      const stream = source.stream(range);
      const part = await deps.objects.putPart(upload.uploadId, input.PartNumber, stream, { algorithms });
      if (part === undefined) {
        throw noSuchUpload(input.UploadId);
      }
      return { CopyPartResult: copyResult(part) };
    } finally {
      await source.close();
    }
  },
};

function copyResult(part: UploadedPart): NonNullable<S3Output<"UploadPartCopy">["CopyPartResult"]> {
  return {
    ETag: quoted(part.etag),
    LastModified: wholeSeconds(part.lastModified),
    ...checksumMembers(part.checksums),
  };
}
