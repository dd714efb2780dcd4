import { noSuchBucket } from "../errors.ts";
import { refuseAcl } from "../objects/canned-acl.ts";
import { checkKey } from "../objects/object-key.ts";
import { writePermissions } from "../objects/object-permissions.ts";
import { encryptionMembers, refuseUnsupportedHeaders, storedAttributes } from "../objects/stored-attributes.ts";
import { checkExpectedOwner } from "../shared/require-bucket.ts";
import type { S3Operation } from "../shared/s3-operation.ts";
import { uploadChecksum } from "./upload-checksum.ts";

/** Begins an upload in parts; what is said about the object is said here. */
export const createMultipartUpload: S3Operation<"CreateMultipartUpload"> = {
  name: "CreateMultipartUpload",

  permissions: writePermissions,

  async run(input, _context, deps) {
    checkKey(input.Key);
    refuseUnsupportedHeaders(input);
    refuseAcl(input);
    const attributes = storedAttributes(input);
    const checksum = uploadChecksum(input);
    await checkExpectedOwner(deps, input);

    const upload = await deps.objects.createUpload(input.Bucket, input.Key, { ...attributes, ...checksum });
    if (upload === undefined) {
      throw noSuchBucket(input.Bucket);
    }
    return {
      Bucket: input.Bucket,
      Key: input.Key,
      UploadId: upload.uploadId,
      ChecksumAlgorithm: upload.algorithm,
      ChecksumType: upload.checksumType,
      ...encryptionMembers(attributes),
    };
  },
};
