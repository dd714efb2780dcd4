import type { ObjectInfo } from "../../../platform/objects/object-store.ts";
import type { CallContext } from "../../operation.ts";
import { typedChecksumMembers } from "../objects/checksum-members.ts";
import { objectPermission } from "../objects/object-permissions.ts";
import { encryptionMembers, refuseUnsupportedHeaders } from "../objects/stored-attributes.ts";
import { storedObject, writeCondition } from "../objects/write-condition.ts";
import { quoted } from "../shared/etag.ts";
import type { S3Operation, S3Output } from "../shared/s3-operation.ts";
import { checkParts } from "./check-parts.ts";
import { checkWhole, wholeVerifier } from "./check-whole.ts";
import { maximumPartNumber } from "./part-number.ts";
import { requireUpload } from "./require-upload.ts";

/** Makes an object of the named parts; others that were uploaded are dropped. */
export const completeMultipartUpload: S3Operation<"CompleteMultipartUpload"> = {
  name: "CompleteMultipartUpload",

  permissions: (input) => objectPermission("PutObject", input),

  async run(input, context, deps) {
    refuseUnsupportedHeaders(input);
    const condition = writeCondition(input);
    const upload = await requireUpload(deps, input);
    const uploaded = await deps.objects.listParts(upload.uploadId, 0, maximumPartNumber);
    const parts = checkParts(upload, input.MultipartUpload?.Parts ?? [], uploaded);
    checkWhole(input, upload, parts);

    const numbers = parts.map(({ partNumber }) => partNumber);
    const options = { ...condition, verify: wholeVerifier(input) };
    const result = await deps.objects.completeUpload(upload.uploadId, numbers, options);
    return completed(await storedObject(result, input, deps), context);
  },
};

function completed(stored: ObjectInfo, context: CallContext): S3Output<"CompleteMultipartUpload"> {
  const path = stored.key.split("/").map(encodeURIComponent).join("/");
  return {
    Location: `${context.origin}/${stored.bucket}/${path}`,
    Bucket: stored.bucket,
    Key: stored.key,
    ETag: quoted(stored.etag),
    ...typedChecksumMembers(stored.checksums),
    ...encryptionMembers(stored),
  };
}
