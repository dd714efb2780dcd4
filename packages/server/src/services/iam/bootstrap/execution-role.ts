import type { Ids } from "../../../platform/ids/ids.ts";
import { policyArn, roleArn } from "../arns.ts";
import type { PolicyEntry, RoleEntry } from "../directory/entries.ts";
import { awsManagedPolicyArn } from "../managed-policies/catalog.ts";

const path = "/service-role/";

/** Console-made roles carry the second of their creation in their name; the SageMaker SDK looks for this very prefix. */
export function executionRoleName(now: Date): string {
  return `AmazonSageMaker-ExecutionRole-${now.toISOString().slice(0, 19).replaceAll(/[-:]/gu, "")}`;
}

export const executionRoleArn = (account: string, roleName: string): string => roleArn(account, path, roleName);

const sageMakerTrust: string = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { Service: "sagemaker.amazonaws.com" }, Action: "sts:AssumeRole" }],
});

/** Buckets that carry SageMaker's name, the role itself (the SDK asks for its ARN), and the live logs of endpoints. */
function executionPolicyDocument(roleArnOfItself: string): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Action: ["s3:ListBucket", "s3:ListBucketMultipartUploads"],
        Resource: "arn:aws:s3:::*sagemaker*",
      },
      {
        Effect: "Allow",
        Action: [
          "s3:GetObject",
          "s3:PutObject",
          "s3:DeleteObject",
          "s3:AbortMultipartUpload",
          "s3:ListMultipartUploadParts",
        ],
        Resource: "arn:aws:s3:::*sagemaker*/*",
      },
      { Effect: "Allow", Action: "s3:DeleteBucket", Resource: "arn:aws:s3:::*sagemaker*" },
      { Effect: "Allow", Action: ["iam:GetRole", "iam:PassRole"], Resource: roleArnOfItself },
      { Effect: "Allow", Action: "logs:FilterLogEvents", Resource: "arn:aws:logs:*:*:log-group:/aws/sagemaker/*" },
    ],
  });
}

/** The role that notebooks run as, with the policy that AWS's console makes beside it. */
export function executionRole(
  account: string,
  roleName: string,
  now: Date,
  ids: Ids,
): { readonly role: RoleEntry; readonly policy: PolicyEntry } {
  const policyName = roleName.replace("ExecutionRole", "ExecutionPolicy");
  const arn = policyArn(account, path, policyName);
  const policy: PolicyEntry = {
    policyName,
    policyId: `ANPA${ids.base32(17)}`,
    arn,
    path,
    createdAt: now,
    updatedAt: now,
    document: executionPolicyDocument(executionRoleArn(account, roleName)),
    defaultVersionId: "v1",
    tags: {},
  };
  const role: RoleEntry = {
    roleName,
    roleId: `AROA${ids.base32(17)}`,
    path,
    createdAt: now,
    trustPolicy: sageMakerTrust,
    description: "SageMaker execution role of this server's notebooks and jobs",
    maxSessionSeconds: 43_200,
    tags: {},
    inlinePolicies: {},
    attachedPolicies: [awsManagedPolicyArn("AmazonSageMakerFullAccess"), arn],
  };
  return { role, policy };
}
