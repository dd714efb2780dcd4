import { quoted } from "../shared/etag.ts";
import { checkExpectedOwner } from "../shared/require-bucket.ts";
import type { S3Operation } from "../shared/s3-operation.ts";
import { bodyChecks } from "./body-checks.ts";
import { refuseAcl } from "./canned-acl.ts";
import { typedChecksumMembers } from "./checksum-members.ts";
import { checkKey } from "./object-key.ts";
import { writePermissions } from "./object-permissions.ts";
import { requestBody } from "./request-body.ts";
import { encryptionMembers, refuseUnsupportedHeaders, storedAttributes } from "./stored-attributes.ts";
import { storedObject, writeCondition } from "./write-condition.ts";

/** Stores an object; it is visible, and would survive a power cut, when this resolves. */
export const putObject: S3Operation<"PutObject"> = {
  name: "PutObject",

  permissions: writePermissions,

  async run(input, _context, deps) {
    checkKey(input.Key);
    refuseUnsupportedHeaders(input);
    refuseAcl(input);
    const body = requestBody(input);
    const checks = bodyChecks(input, body);
    const options = { ...storedAttributes(input), ...writeCondition(input), ...checks };
    await checkExpectedOwner(deps, input);

    const result = await deps.objects.put(input.Bucket, input.Key, body.content, options);
    const stored = await storedObject(result, input, deps);
    return {
      ETag: quoted(stored.etag),
      ...typedChecksumMembers(stored.checksums),
      ...encryptionMembers(stored),
    };
  },
};
