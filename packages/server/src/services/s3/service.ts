import { defineService, type AnyOperation, type Service } from "../operation.ts";
import { policySetting } from "./buckets/bucket-policy.ts";
import { createBucket } from "./buckets/create-bucket.ts";
import { defaultConfigurations } from "./buckets/default-configurations.ts";
import { deleteBucketPolicy } from "./buckets/delete-bucket-policy.ts";
import { deleteBucketTagging } from "./buckets/delete-bucket-tagging.ts";
import { deleteBucket } from "./buckets/delete-bucket.ts";
import { getBucketAcl } from "./buckets/get-bucket-acl.ts";
import { getBucketLocation } from "./buckets/get-bucket-location.ts";
import { getBucketPolicyStatus } from "./buckets/get-bucket-policy-status.ts";
import { getBucketPolicy } from "./buckets/get-bucket-policy.ts";
import { getBucketTagging } from "./buckets/get-bucket-tagging.ts";
import { headBucket } from "./buckets/head-bucket.ts";
import { listBuckets } from "./buckets/list-buckets.ts";
import { putBucketPolicy } from "./buckets/put-bucket-policy.ts";
import { putBucketTagging } from "./buckets/put-bucket-tagging.ts";
import { unsetConfigurations } from "./buckets/unset-configurations.ts";
import { constraintError } from "./constraint-error.ts";
import type { S3Deps } from "./deps.ts";
import { listObjectVersions } from "./listing/list-object-versions.ts";
import { listObjectsV2 } from "./listing/list-objects-v2.ts";
import { listObjects } from "./listing/list-objects.ts";
import { abortMultipartUpload } from "./multipart/abort-multipart-upload.ts";
import { completeMultipartUpload } from "./multipart/complete-multipart-upload.ts";
import { createMultipartUpload } from "./multipart/create-multipart-upload.ts";
import { listMultipartUploads } from "./multipart/list-multipart-uploads.ts";
import { listParts } from "./multipart/list-parts.ts";
import { uploadPartCopy } from "./multipart/upload-part-copy.ts";
import { uploadPart } from "./multipart/upload-part.ts";
import { copyObject } from "./objects/copy-object.ts";
import { deleteObjectTagging } from "./objects/delete-object-tagging.ts";
import { deleteObject } from "./objects/delete-object.ts";
import { deleteObjects } from "./objects/delete-objects.ts";
import { getObjectAcl } from "./objects/get-object-acl.ts";
import { getObjectAttributes } from "./objects/get-object-attributes.ts";
import { getObjectTagging } from "./objects/get-object-tagging.ts";
import { getObject } from "./objects/get-object.ts";
import { headObject } from "./objects/head-object.ts";
import { putObjectTagging } from "./objects/put-object-tagging.ts";
import { putObject } from "./objects/put-object.ts";
import { bucketOfArn } from "./shared/arns.ts";

const operations: readonly AnyOperation<S3Deps>[] = [
  createBucket,
  deleteBucketPolicy,
  deleteBucketTagging,
  deleteBucket,
  getBucketAcl,
  getBucketLocation,
  getBucketPolicyStatus,
  getBucketPolicy,
  getBucketTagging,
  headBucket,
  listBuckets,
  putBucketPolicy,
  putBucketTagging,
  listObjectVersions,
  listObjectsV2,
  listObjects,
  abortMultipartUpload,
  completeMultipartUpload,
  createMultipartUpload,
  listMultipartUploads,
  listParts,
  uploadPartCopy,
  uploadPart,
  copyObject,
  deleteObjectTagging,
  deleteObject,
  deleteObjects,
  getObjectAcl,
  getObjectAttributes,
  getObjectTagging,
  getObject,
  headObject,
  putObjectTagging,
  putObject,
  ...unsetConfigurations,
  ...defaultConfigurations,
];

/** Amazon S3 over an object store. Bucket policies take part in every decision about a bucket or its objects. */
export function s3Service(deps: S3Deps): Service {
  return defineService("s3", operations, deps, {
    constraintError,
    async resourcePolicy(resource) {
      const name = bucketOfArn(resource);
      return name === undefined ? undefined : (await deps.objects.getBucket(name))?.settings[policySetting];
    },
  });
}
