import type { ChecksumAlgorithm, ObjectInfo } from "../../../platform/objects/object-store.ts";
import { quoted } from "../shared/etag.ts";
import { checkExpectedOwner } from "../shared/require-bucket.ts";
import type { S3Operation, S3Output } from "../shared/s3-operation.ts";
import { wholeSeconds } from "../shared/whole-seconds.ts";
import { refuseAcl } from "./canned-acl.ts";
import { parseAlgorithm, typedChecksumMembers } from "./checksum-members.ts";
import { checkSelfCopy, copiedAttributes } from "./copied-attributes.ts";
import { checkCopySize, openCopySource, parseCopySource } from "./copy-source.ts";
import { checkKey } from "./object-key.ts";
import { objectPermission, writePermissions } from "./object-permissions.ts";
import { encryptionMembers, refuseUnsupportedHeaders } from "./stored-attributes.ts";
import { storedObject, writeCondition } from "./write-condition.ts";

/** Copies an object, also onto itself to change what is said about it. The copy is one piece, whatever the source was. */
export const copyObject: S3Operation<"CopyObject"> = {
  name: "CopyObject",

  permissions: (input, context) => [
    ...objectPermission("GetObject", parseCopySource(input.CopySource)),
    ...writePermissions(input, context),
  ],

  async run(input, context, deps) {
    checkKey(input.Key);
    refuseUnsupportedHeaders(input);
    refuseAcl(input);
    const from = parseCopySource(input.CopySource);
    if (from.Bucket === input.Bucket && from.Key === input.Key) {
      checkSelfCopy(input);
    }
    await checkExpectedOwner(deps, input);

    const source = await openCopySource(deps, input, context);
    try {
      checkCopySize(source.info.size);
      const options = {
        ...copiedAttributes(input, source.info),
        ...writeCondition(input),
        algorithms: copiedAlgorithms(input.ChecksumAlgorithm, source.info),
      };
      const result = await deps.objects.put(input.Bucket, input.Key, source.stream(), options);
      const stored = await storedObject(result, input, deps);
      return { CopyObjectResult: copyResult(stored), ...encryptionMembers(stored) };
    } finally {
      await source.close();
    }
  },
};

/** The checksum asked for, else of the kind the source has. */
function copiedAlgorithms(requested: string | undefined, source: ObjectInfo): readonly ChecksumAlgorithm[] {
  return requested === undefined
    ? source.checksums.map(({ algorithm }) => algorithm)
    : [parseAlgorithm(requested, "x-amz-checksum-algorithm")];
}

function copyResult(stored: ObjectInfo): NonNullable<S3Output<"CopyObject">["CopyObjectResult"]> {
  return {
    ETag: quoted(stored.etag),
    LastModified: wholeSeconds(stored.lastModified),
    ...typedChecksumMembers(stored.checksums),
  };
}
