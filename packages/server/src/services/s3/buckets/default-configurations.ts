import type * as s3 from "@aws-sdk/client-s3";
import type { AnyOperation, OperationName } from "../../operation.ts";
import type { S3Deps } from "../deps.ts";
import { requireBucket } from "../shared/require-bucket.ts";
import type { S3Output } from "../shared/s3-operation.ts";
import { bucketPermission } from "./bucket-permissions.ts";

interface DefaultConfiguration<Answer> {
  readonly action: string;
  readonly answer: Answer;
}

type Defaults = { readonly [Name in OperationName<typeof s3>]?: DefaultConfiguration<S3Output<Name>> };

/**
 * Reads of configurations that every bucket has and no operation here can change: the answer is the one S3 gives for a new
 * bucket. An entry leaves this table when the operation that sets it is built.
 */
const defaults: Defaults = {
  GetBucketAccelerateConfiguration: { action: "GetAccelerateConfiguration", answer: {} },
  GetBucketEncryption: {
    action: "GetEncryptionConfiguration",
    answer: {
      ServerSideEncryptionConfiguration: {
        Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "AES256" }, BucketKeyEnabled: false }],
      },
    },
  },
  GetBucketLogging: { action: "GetBucketLogging", answer: {} },
  GetBucketNotificationConfiguration: { action: "GetBucketNotification", answer: {} },
  GetBucketOwnershipControls: {
    action: "GetBucketOwnershipControls",
    answer: { OwnershipControls: { Rules: [{ ObjectOwnership: "BucketOwnerEnforced" }] } },
  },
  GetBucketRequestPayment: { action: "GetBucketRequestPayment", answer: { Payer: "BucketOwner" } },
  GetBucketVersioning: { action: "GetBucketVersioning", answer: {} },
};

export const defaultConfigurations: readonly AnyOperation<S3Deps>[] = Object.entries(defaults).map(
  ([name, { action, answer }]) => ({
    name,
    permissions: (input: { readonly Bucket: string }) => bucketPermission(action, input),
    async run(input: { readonly Bucket: string }, _context, deps) {
      await requireBucket(deps, input);
      return answer;
    },
  }),
);
