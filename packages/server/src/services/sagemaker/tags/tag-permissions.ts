import type { Permission } from "../../operation.ts";

/** Creating a resource with tags needs the permission to tag it, as on AWS. */
export function tagPermissions(arn: string, tags: readonly unknown[] | undefined): readonly Permission[] {
  return tags === undefined || tags.length === 0 ? [] : [{ action: "sagemaker:AddTags", resource: arn }];
}
