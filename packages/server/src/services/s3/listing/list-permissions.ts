import type { Permission } from "../../operation.ts";
import { bucketArn } from "../shared/arns.ts";
import { keysOf } from "../objects/object-permissions.ts";

interface ListTarget {
  readonly Bucket: string;
  readonly Prefix?: string | undefined;
  readonly Delimiter?: string | undefined;
  readonly MaxKeys?: number | undefined;
}

/** Listing keys is `s3:ListBucket` on the bucket; policies narrow it by prefix, delimiter and page size. */
export function listPermissions(action: string, target: ListTarget): Permission[] {
  const conditionKeys = keysOf({
    "s3:prefix": target.Prefix,
    "s3:delimiter": target.Delimiter,
    "s3:max-keys": target.MaxKeys,
  });
  return [{ action: `s3:${action}`, resource: bucketArn(target.Bucket), conditionKeys }];
}
