import type { UploadedPart } from "../../../platform/objects/object-store.ts";
import { invalidArgument } from "../errors.ts";
import { pageSize } from "../listing/page-size.ts";
import { checksumMembers } from "../objects/checksum-members.ts";
import { objectPermission } from "../objects/object-permissions.ts";
import { quoted } from "../shared/etag.ts";
import { canonicalUserId } from "../shared/owner.ts";
import type { S3Operation, S3Output } from "../shared/s3-operation.ts";
import { wholeSeconds } from "../shared/whole-seconds.ts";
import { requireUpload } from "./require-upload.ts";

export const listParts: S3Operation<"ListParts"> = {
  name: "ListParts",

  permissions: (input) => objectPermission("ListMultipartUploadParts", input),

  async run(input, context, deps) {
    const limit = pageSize(input.MaxParts, "max-parts");
    const after = parseMarker(input.PartNumberMarker);
    const upload = await requireUpload(deps, input);
    // One more than the page tells whether there are more.
    const found = limit === 0 ? [] : await deps.objects.listParts(upload.uploadId, after, limit + 1);
    const page = found.slice(0, limit);
    const owner = { ID: canonicalUserId(context.scope.account) };

    return {
      Bucket: input.Bucket,
      Key: input.Key,
      UploadId: input.UploadId,
      PartNumberMarker: String(after),
      NextPartNumberMarker: String(page.at(-1)?.partNumber ?? 0),
      MaxParts: limit,
      IsTruncated: found.length > page.length,
      Parts: page.map(listEntry),
      Initiator: owner,
      Owner: owner,
      StorageClass: "STANDARD",
      ChecksumAlgorithm: upload.algorithm,
      ChecksumType: upload.checksumType,
    };
  },
};

function listEntry(part: UploadedPart): NonNullable<S3Output<"ListParts">["Parts"]>[number] {
  return {
    PartNumber: part.partNumber,
    LastModified: wholeSeconds(part.lastModified),
    ETag: quoted(part.etag),
    Size: part.size,
    ...checksumMembers(part.checksums),
  };
}

function parseMarker(marker: string | undefined): number {
  if (marker !== undefined && !/^\d{1,9}$/.test(marker)) {
    const message = "Argument part-number-marker must be an integer between 0 and 2147483647";
    throw invalidArgument(message, "part-number-marker", marker);
  }
  return Number(marker ?? 0);
}
