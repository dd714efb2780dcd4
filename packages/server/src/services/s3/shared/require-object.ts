import type { ObjectInfo, OpenObject } from "../../../platform/objects/object-store.ts";
import type { S3Deps } from "../deps.ts";
import { invalidArgument, noSuchKey } from "../errors.ts";
import { checkExpectedOwner, requireBucket } from "./require-bucket.ts";

interface ObjectTarget {
  readonly Bucket: string;
  readonly Key: string;
  readonly ExpectedBucketOwner?: string | undefined;
  readonly VersionId?: string | undefined;
}

/** @throws NoSuchBucket, NoSuchKey, AccessDenied (owner), InvalidArgument (a version other than `null`). */
export async function requireObject(deps: S3Deps, target: ObjectTarget): Promise<ObjectInfo> {
  checkVersion(target.VersionId);
  await checkExpectedOwner(deps, target);
  return (await deps.objects.head(target.Bucket, target.Key)) ?? (await missing(deps, target));
}

/** Like `requireObject`, opened for reading; the caller closes it. */
export async function requireOpenObject(deps: S3Deps, target: ObjectTarget): Promise<OpenObject> {
  checkVersion(target.VersionId);
  await checkExpectedOwner(deps, target);
  return (await deps.objects.open(target.Bucket, target.Key)) ?? (await missing(deps, target));
}

/** Buckets are unversioned: every object has the one version `null`. */
export function checkVersion(versionId: string | undefined): void {
  if (versionId !== undefined && versionId !== "null") {
    throw invalidArgument("Invalid version id specified", "versionId", versionId);
  }
}

/** Tells a missing bucket from a missing key, which the store answers alike. */
async function missing(deps: S3Deps, target: ObjectTarget): Promise<never> {
  await requireBucket(deps, target);
  throw noSuchKey(target.Key);
}
