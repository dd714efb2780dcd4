import type { MultipartUpload } from "../../../platform/objects/object-store.ts";
import type { S3Deps } from "../deps.ts";
import { noSuchUpload } from "../errors.ts";
import { requireBucket } from "../shared/require-bucket.ts";

interface UploadTarget {
  readonly Bucket: string;
  readonly Key: string;
  readonly UploadId: string;
  readonly ExpectedBucketOwner?: string | undefined;
}

/** @throws NoSuchBucket, AccessDenied (owner), NoSuchUpload also for an upload of another key. */
export async function requireUpload(deps: S3Deps, target: UploadTarget): Promise<MultipartUpload> {
  await requireBucket(deps, target);
  const upload = await deps.objects.getUpload(target.Bucket, target.Key, target.UploadId);
  if (upload === undefined) {
    throw noSuchUpload(target.UploadId);
  }
  return upload;
}
