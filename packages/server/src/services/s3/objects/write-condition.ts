import type { ObjectInfo, PutResult, WriteCondition } from "../../../platform/objects/object-store.ts";
import type { S3Deps } from "../deps.ts";
import { headerNotImplemented, noSuchBucket, noSuchKey, noSuchUpload, preconditionFailed } from "../errors.ts";
import { unquoted } from "../shared/etag.ts";

interface ConditionMembers {
  readonly IfMatch?: string | undefined;
  readonly IfNoneMatch?: string | undefined;
}

interface WriteTarget extends ConditionMembers {
  readonly Bucket: string;
  readonly Key: string;
  readonly UploadId?: string | undefined;
}

/** Options of a write under the request's condition. Writes know `If-None-Match: *` and `If-Match: <etag>`, no others. */
export function writeCondition({ IfMatch, IfNoneMatch }: ConditionMembers): { condition?: WriteCondition } {
  if (IfNoneMatch !== undefined) {
    if (IfNoneMatch.trim() !== "*" || IfMatch !== undefined) {
      throw headerNotImplemented("If-None-Match");
    }
    return { condition: { type: "absent" } };
  }
  return IfMatch === undefined ? {} : { condition: { type: "etag-is", etag: unquoted(IfMatch) } };
}

/** The object that was stored; @throws what kept it from being stored. */
export async function storedObject(result: PutResult, target: WriteTarget, deps: S3Deps): Promise<ObjectInfo> {
  switch (result.outcome) {
    case "stored":
      return result.object;
    case "no-such-bucket":
      throw noSuchBucket(target.Bucket);
    case "no-such-upload":
      throw noSuchUpload(target.UploadId ?? "");
    case "condition-failed":
      throw await failedCondition(target, deps);
  }
}

/** `If-Match` on a key that does not exist answers as a read of it would. */
async function failedCondition(target: WriteTarget, deps: S3Deps): Promise<Error> {
  if (target.IfNoneMatch !== undefined) {
    return preconditionFailed("If-None-Match");
  }
  const current = await deps.objects.head(target.Bucket, target.Key);
  return current === undefined ? noSuchKey(target.Key) : preconditionFailed("If-Match");
}
