import type { AnyOperation } from "../../operation.ts";
import type { S3Deps } from "../deps.ts";
import { notConfigured } from "../errors.ts";
import { requireBucket } from "../shared/require-bucket.ts";
import { bucketPermission } from "./bucket-permissions.ts";

interface UnsetConfiguration {
  readonly action: string;
  readonly code: string;
  readonly message: string;
}

/**
 * Reads of configurations that no operation here can set: the answer is the one S3 gives for a bucket that never had one.
 * An entry leaves this table when the operation that sets it is built.
 */
const unset: Readonly<Record<string, UnsetConfiguration>> = {
  GetBucketCors: {
    action: "GetBucketCORS",
    code: "NoSuchCORSConfiguration",
    message: "The CORS configuration does not exist",
  },
  GetBucketLifecycleConfiguration: {
    action: "GetLifecycleConfiguration",
    code: "NoSuchLifecycleConfiguration",
    message: "The lifecycle configuration does not exist",
  },
  GetBucketReplication: {
    action: "GetReplicationConfiguration",
    code: "ReplicationConfigurationNotFoundError",
    message: "The replication configuration was not found",
  },
  GetBucketWebsite: {
    action: "GetBucketWebsite",
    code: "NoSuchWebsiteConfiguration",
    message: "The specified bucket does not have a website configuration",
  },
  GetObjectLockConfiguration: {
    action: "GetBucketObjectLockConfiguration",
    code: "ObjectLockConfigurationNotFoundError",
    message: "Object Lock configuration does not exist for this bucket",
  },
  GetPublicAccessBlock: {
    action: "GetBucketPublicAccessBlock",
    code: "NoSuchPublicAccessBlockConfiguration",
    message: "The public access block configuration was not found",
  },
};

export const unsetConfigurations: readonly AnyOperation<S3Deps>[] = Object.entries(unset).map(
  ([name, { action, code, message }]) => ({
    name,
    permissions: (input: { readonly Bucket: string }) => bucketPermission(action, input),
    async run(input: { readonly Bucket: string }, _context, deps) {
      await requireBucket(deps, input);
      throw notConfigured(code, message, input.Bucket);
    },
  }),
);
