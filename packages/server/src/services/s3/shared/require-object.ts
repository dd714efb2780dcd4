import type { ObjectInfo, OpenObject } from "../../../platform/objects/object-store.ts";
import type { CallContext } from "../../operation.ts";
import { policySetting } from "../buckets/bucket-policy.ts";
import type { S3Deps } from "../deps.ts";
import { invalidArgument, noSuchKey } from "../errors.ts";
import { bucketArn } from "./arns.ts";
import { checkExpectedOwner, requireBucket } from "./require-bucket.ts";

interface ObjectTarget {
  readonly Bucket: string;
  readonly Key: string;
  readonly ExpectedBucketOwner?: string | undefined;
  readonly VersionId?: string | undefined;
}

/** @throws NoSuchBucket, NoSuchKey, AccessDenied (owner, or a missing key), InvalidArgument (a version other than `null`). */
export async function requireObject(deps: S3Deps, target: ObjectTarget, context: CallContext): Promise<ObjectInfo> {
  checkVersion(target.VersionId);
  await checkExpectedOwner(deps, target);
  return (await deps.objects.head(target.Bucket, target.Key)) ?? (await missing(deps, target, context));
}

/** Like `requireObject`, opened for reading; the caller closes it. */
export async function requireOpenObject(deps: S3Deps, target: ObjectTarget, context: CallContext): Promise<OpenObject> {
  checkVersion(target.VersionId);
  await checkExpectedOwner(deps, target);
  return (await deps.objects.open(target.Bucket, target.Key)) ?? (await missing(deps, target, context));
}

/** Buckets are unversioned: every object has the one version `null`. */
export function checkVersion(versionId: string | undefined): void {
  if (versionId !== undefined && versionId !== "null") {
    throw invalidArgument("Invalid version id specified", "versionId", versionId);
  }
}

/**
 * Tells a missing bucket from a missing key, which the store answers alike. As on AWS, only callers who may list the bucket
 * learn that a key is missing; others are refused `s3:ListBucket`.
 */
async function missing(deps: S3Deps, target: ObjectTarget, context: CallContext): Promise<never> {
  const bucket = await requireBucket(deps, target);
  await deps.authoriser.authorise({
    caller: context.caller,
    permissions: [{ action: "s3:ListBucket", resource: bucketArn(bucket.name) }],
    context,
    resourcePolicy: async () => bucket.settings[policySetting],
  });
  throw noSuchKey(target.Key);
}
