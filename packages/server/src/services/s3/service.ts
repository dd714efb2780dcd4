import { defineService, type AnyOperation, type Service } from "../operation.ts";
import { createBucket } from "./buckets/create-bucket.ts";
import { headBucket } from "./buckets/head-bucket.ts";
import { listBuckets } from "./buckets/list-buckets.ts";
import type { S3Deps } from "./deps.ts";
import { listObjectsV2 } from "./listing/list-objects-v2.ts";
import { deleteObject } from "./objects/delete-object.ts";
import { getObject } from "./objects/get-object.ts";
import { headObject } from "./objects/head-object.ts";
import { putObject } from "./objects/put-object.ts";
import { bucketOfArn } from "./shared/arns.ts";

const operations: readonly AnyOperation<S3Deps>[] = [
  createBucket,
  headBucket,
  listBuckets,
  putObject,
  getObject,
  headObject,
  deleteObject,
  listObjectsV2,
];

/** Amazon S3 over an object store. Bucket policies take part in every decision about a bucket or its objects. */
export function s3Service(deps: S3Deps): Service {
  return defineService("s3", operations, deps, {
    async resourcePolicy(resource) {
      const name = bucketOfArn(resource);
      return name === undefined ? undefined : (await deps.objects.getBucket(name))?.settings["policy"];
    },
  });
}
