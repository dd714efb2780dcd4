import type { Policy } from "@aws-sdk/client-iam";
import type { Directory } from "../directory/directory.ts";
import type { PolicyEntry } from "../directory/entries.ts";

/** A managed policy as listings answer it. */
export function policySummary(policy: PolicyEntry, directory: Directory): Policy {
  const { attached, bounding } = directory.usesOf(policy.arn);
  return {
    PolicyName: policy.policyName,
    PolicyId: policy.policyId,
    Arn: policy.arn,
    Path: policy.path,
    DefaultVersionId: policy.defaultVersionId,
    AttachmentCount: attached,
    PermissionsBoundaryUsageCount: bounding,
    IsAttachable: true,
    CreateDate: policy.createdAt,
    UpdateDate: policy.updatedAt,
  };
}
