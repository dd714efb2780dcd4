import type { PolicyEntry } from "../directory/entries.ts";
import { administratorAccess } from "./administrator-access.ts";
import { amazonS3FullAccess } from "./amazon-s3-full-access.ts";
import { amazonSageMakerFullAccess } from "./amazon-sagemaker-full-access.ts";
import { awsLambdaBasicExecutionRole } from "./aws-lambda-basic-execution-role.ts";
import type { PolicyDocument } from "./policy-document.ts";

export type AwsManagedPolicyName =
  | "AdministratorAccess"
  | "AmazonS3FullAccess"
  | "AmazonSageMakerFullAccess"
  | "AWSLambdaBasicExecutionRole";

interface ManagedPolicyFacts {
  readonly policyName: AwsManagedPolicyName;
  readonly policyId: string;
  readonly path: string;
  readonly createdAt: string;
  readonly description: string;
  readonly document: PolicyDocument;
}

/** Ids and dates are the ones these policies have on AWS. */
const facts: readonly ManagedPolicyFacts[] = [
  {
    policyName: "AdministratorAccess",
    policyId: "ANPAIWMBCKSKIEE64ZLYK",
    path: "/",
    createdAt: "2015-02-06T18:39:46Z",
    description: "Provides full access to AWS services and resources.",
    document: administratorAccess,
  },
  {
    policyName: "AmazonS3FullAccess",
    policyId: "ANPAIFIR6V6BVTRAHWINE",
    path: "/",
    createdAt: "2015-02-06T18:40:58Z",
    description: "Provides full access to all buckets.",
    document: amazonS3FullAccess,
  },
  {
    policyName: "AmazonSageMakerFullAccess",
    policyId: "ANPAJZ5IWYMXO5QDB4QOG",
    path: "/",
    createdAt: "2017-11-29T13:07:59Z",
    description: "Provides full access to SageMaker and what its jobs need of related services.",
    document: amazonSageMakerFullAccess,
  },
  {
    policyName: "AWSLambdaBasicExecutionRole",
    policyId: "ANPAJNCQGXC42545SKXIK",
    path: "/service-role/",
    createdAt: "2015-04-09T15:03:43Z",
    description: "Provides write permissions to CloudWatch Logs.",
    document: awsLambdaBasicExecutionRole,
  },
];

export function awsManagedPolicyArn(name: AwsManagedPolicyName): string {
  const path = facts.find(({ policyName }) => policyName === name)?.path ?? "/";
  return `arn:aws:iam::aws:policy${path}${name}`;
}

/** AWS's own managed policies by ARN. */
export const awsManagedPolicies: ReadonlyMap<string, PolicyEntry> = new Map(
  facts.map((fact) => {
    const arn = awsManagedPolicyArn(fact.policyName);
    const createdAt = new Date(fact.createdAt);
    const document = JSON.stringify(fact.document);
    return [arn, { ...fact, arn, createdAt, updatedAt: createdAt, document, defaultVersionId: "v1", tags: {} }];
  }),
);
