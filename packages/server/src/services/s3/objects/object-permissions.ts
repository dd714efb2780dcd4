import type { CallContext, Permission } from "../../operation.ts";
import { objectArn } from "../shared/arns.ts";

interface ObjectTarget {
  readonly Bucket: string;
  readonly Key: string;
}

interface WriteTarget extends ObjectTarget {
  readonly ACL?: string | undefined;
  readonly Tagging?: string | undefined;
  readonly StorageClass?: string | undefined;
  readonly ServerSideEncryption?: string | undefined;
  readonly SSEKMSKeyId?: string | undefined;
}

/** `s3:<action>` on one object. */
export function objectPermission(action: string, target: ObjectTarget): (Permission & { readonly resource: string })[] {
  return [{ action: `s3:${action}`, resource: objectArn(target.Bucket, target.Key) }];
}

/** A write needs `s3:PutObject`, and `s3:PutObjectTagging` when it brings tags; its headers are condition keys. */
export function writePermissions(target: WriteTarget, _context: CallContext): Permission[] {
  const conditionKeys = keysOf({
    "s3:x-amz-acl": target.ACL,
    "s3:x-amz-storage-class": target.StorageClass,
    "s3:x-amz-server-side-encryption": target.ServerSideEncryption,
    "s3:x-amz-server-side-encryption-aws-kms-key-id": target.SSEKMSKeyId,
  });
  const actions = target.Tagging === undefined ? ["PutObject"] : ["PutObject", "PutObjectTagging"];
  return actions.flatMap((action) =>
    objectPermission(action, target).map((permission) => ({ ...permission, conditionKeys })),
  );
}

/** Condition keys of the members that were given. */
export function keysOf(values: Readonly<Record<string, string | number | undefined>>): Record<string, string[]> {
  return Object.fromEntries(
    Object.entries(values).flatMap(([key, value]) => (value === undefined ? [] : [[key, [String(value)]]])),
  );
}
