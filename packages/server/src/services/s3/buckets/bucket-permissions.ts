import type { Permission } from "../../operation.ts";
import { bucketArn } from "../shared/arns.ts";

/** `s3:<action>` on the bucket itself. */
export function bucketPermission(action: string, target: { readonly Bucket: string }): Permission[] {
  return [{ action: `s3:${action}`, resource: bucketArn(target.Bucket) }];
}
