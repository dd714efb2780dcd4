import type { Bucket } from "../../../platform/objects/object-store.ts";
import type { S3Deps } from "../deps.ts";
import { accessDenied, noSuchBucket } from "../errors.ts";

interface BucketTarget {
  readonly Bucket: string;
  readonly ExpectedBucketOwner?: string | undefined;
}

/**
 * The bucket an operation works in.
 * @throws NoSuchBucket; AccessDenied when `x-amz-expected-bucket-owner` names another account.
 */
export async function requireBucket(deps: S3Deps, target: BucketTarget): Promise<Bucket> {
  const bucket = await deps.objects.getBucket(target.Bucket);
  if (bucket === undefined) {
    throw noSuchBucket(target.Bucket);
  }
  if (target.ExpectedBucketOwner !== undefined && target.ExpectedBucketOwner !== bucket.account) {
    throw accessDenied();
  }
  return bucket;
}

/** For operations that learn from the store itself that the bucket is missing: looks only when an owner is expected. */
export async function checkExpectedOwner(deps: S3Deps, target: BucketTarget): Promise<void> {
  if (target.ExpectedBucketOwner !== undefined) {
    await requireBucket(deps, target);
  }
}
