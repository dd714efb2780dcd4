import type { Bucket } from "../../../platform/objects/object-store.ts";
import { bucketAlreadyExists, bucketAlreadyOwnedByYou, headerNotImplemented } from "../errors.ts";
import { refuseAcl } from "../objects/canned-acl.ts";
import { bucketArn } from "../shared/arns.ts";
import type { S3Operation } from "../shared/s3-operation.ts";
import { checkBucketName } from "./bucket-name.ts";
import { bucketPermission } from "./bucket-permissions.ts";
import { bucketRegion } from "./location-constraint.ts";

export const createBucket: S3Operation<"CreateBucket"> = {
  name: "CreateBucket",

  permissions: (input) => bucketPermission("CreateBucket", input),

  async run(input, context, deps) {
    checkBucketName(input.Bucket);
    refuseAcl(input);
    if (input.ObjectLockEnabledForBucket === true) {
      throw headerNotImplemented("x-amz-bucket-object-lock-enabled");
    }
    const { account } = context.scope;
    const region = bucketRegion(input.CreateBucketConfiguration?.LocationConstraint, context.scope.region);
    const wanted = { name: input.Bucket, account, region };

    if ((await deps.objects.createBucket(wanted)) === undefined) {
      checkIdempotent(wanted, await deps.objects.getBucket(input.Bucket));
    }
    return { Location: `/${input.Bucket}`, BucketArn: bucketArn(input.Bucket) };
  },
};

/** us-east-1 alone answers a second creation by the owner with success, for the sake of old clients. */
function checkIdempotent(wanted: Pick<Bucket, "name" | "account" | "region">, taken: Bucket | undefined): void {
  if (taken?.account !== wanted.account) {
    throw bucketAlreadyExists(wanted.name);
  }
  if (wanted.region !== "us-east-1" || taken.region !== wanted.region) {
    throw bucketAlreadyOwnedByYou(wanted.name);
  }
}
