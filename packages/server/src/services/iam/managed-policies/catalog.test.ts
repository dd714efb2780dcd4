import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestRole } from "../testing/test-holders.ts";
import { testIdentity, type TestIdentity } from "../testing/test-identity.ts";
import { awsManagedPolicyArn, type AwsManagedPolicyName } from "./catalog.ts";
import type { Caller } from "../../caller.ts";
import type { Permission } from "../../operation.ts";

const account = "123456789012";
const sageMaker = (kind: string): string => `arn:aws:sagemaker:us-east-1:${account}:${kind}`;
const passedTo = (service: string): Pick<Permission, "conditionKeys"> => ({
  conditionKeys: { "iam:PassedToService": [service] },
});

describe("managed policies", () => {
  let test: TestIdentity;
  beforeAll(async () => {
    test = await testIdentity();
  });
  afterAll(() => test.close());

  async function allows(caller: Caller, permission: Permission): Promise<boolean> {
    const context = test.context(caller);
    const request = { caller, permissions: [permission], context, resourcePolicy: async () => undefined };
    return Promise.resolve(test.identity.authoriser.authorise(request)).then(
      () => true,
      () => false,
    );
  }

  it.each([
    ["AmazonSageMakerFullAccess", "sagemaker:CreateTrainingJob", sageMaker("training-job/x"), true],
    ["AmazonSageMakerFullAccess", "sagemaker:InvokeEndpoint", sageMaker("endpoint/x"), true],
    ["AmazonSageMakerFullAccess", "sagemaker:ListTrainingJobs", "*", true],
    ["AmazonSageMakerFullAccess", "sagemaker:DescribeDomain", sageMaker("domain/d"), true],
    ["AmazonSageMakerFullAccess", "sagemaker:DeleteDomain", sageMaker("domain/d"), false],
    ["AmazonSageMakerFullAccess", "s3:GetObject", "arn:aws:s3:::my-sagemaker-data/x", true],
    ["AmazonSageMakerFullAccess", "s3:PutObject", "arn:aws:s3:::mine/SageMaker/x", true],
    ["AmazonSageMakerFullAccess", "s3:GetObject", "arn:aws:s3:::mine/x", false],
    ["AmazonSageMakerFullAccess", "s3:ListBucket", "arn:aws:s3:::mine", true],
    ["AmazonSageMakerFullAccess", "s3:DeleteBucket", "arn:aws:s3:::mine", false],
    ["AmazonSageMakerFullAccess", "logs:GetLogEvents", "arn:aws:logs:us-east-1:1:log-group:g:log-stream:s", true],
    ["AmazonSageMakerFullAccess", "logs:DeleteLogGroup", "arn:aws:logs:us-east-1:1:log-group:g:log-stream:", false],
    ["AmazonSageMakerFullAccess", "ecr:DescribeImages", `arn:aws:ecr:us-east-1:${account}:repository/any`, true],
    ["AmazonSageMakerFullAccess", "iam:CreateRole", `arn:aws:iam::${account}:role/x`, false],
    ["AmazonS3FullAccess", "s3:DeleteBucket", "arn:aws:s3:::mine", true],
    ["AmazonS3FullAccess", "sagemaker:ListModels", "*", false],
    ["AdministratorAccess", "iam:CreateRole", `arn:aws:iam::${account}:role/x`, true],
    ["AWSLambdaBasicExecutionRole", "logs:PutLogEvents", "arn:aws:logs:us-east-1:1:log-group:g:log-stream:s", true],
    ["AWSLambdaBasicExecutionRole", "logs:GetLogEvents", "arn:aws:logs:us-east-1:1:log-group:g:log-stream:s", false],
  ] as const)("%s: %s on %s: %s", async (name: AwsManagedPolicyName, action, resource, expected) => {
    const caller = await createTestRole(test, "holder", { attached: [awsManagedPolicyArn(name)] });
    expect(await allows(caller, { action, resource })).toBe(expected);
  });

  it("SageMaker's lets roles be passed to SageMaker, and to others only roles that carry its name", async () => {
    const caller = await createTestRole(test, "holder", {
      attached: [awsManagedPolicyArn("AmazonSageMakerFullAccess")],
    });
    const pass = { action: "iam:PassRole", resource: `arn:aws:iam::${account}:role/other` };
    expect(await allows(caller, { ...pass, ...passedTo("sagemaker.amazonaws.com") })).toBe(true);
    expect(await allows(caller, { ...pass, ...passedTo("glue.amazonaws.com") })).toBe(false);
    expect(await allows(caller, pass)).toBe(false);
  });

  it("the execution role may do what the classic notebooks do, and no more", async () => {
    const roleName = "AmazonSageMaker-ExecutionRole-20261120T060000";
    const role = test.identity.directory.role(roleName);
    const caller: Caller = {
      type: "assumed-role",
      account,
      arn: `arn:aws:sts::${account}:assumed-role/${roleName}/SageMaker`,
      userId: `${role?.roleId ?? ""}:SageMaker`,
      roleArn: test.boot.executionRoleArn,
      roleName,
      sessionName: "SageMaker",
      sessionPolicies: [],
    };
    const bucket = `arn:aws:s3:::sagemaker-us-east-1-${account}`;
    const stream = `arn:aws:logs:us-east-1:${account}:log-group:/aws/sagemaker/TrainingJobs:log-stream:`;
    const notebook: Permission[] = [
      { action: "s3:ListAllMyBuckets", resource: "*" },
      { action: "s3:CreateBucket", resource: bucket },
      { action: "s3:ListBucket", resource: bucket },
      { action: "s3:PutObject", resource: `${bucket}/boston/train.csv` },
      { action: "s3:GetObject", resource: `${bucket}/boston/test.csv.out` },
      { action: "s3:DeleteObject", resource: `${bucket}/boston/train.csv` },
      { action: "s3:AbortMultipartUpload", resource: `${bucket}/big` },
      { action: "s3:ListMultipartUploadParts", resource: `${bucket}/big` },
      { action: "iam:GetRole", resource: `arn:aws:iam::${account}:role/${roleName}` },
      { action: "iam:PassRole", resource: test.boot.executionRoleArn, ...passedTo("sagemaker.amazonaws.com") },
      { action: "logs:DescribeLogStreams", resource: stream },
      { action: "logs:GetLogEvents", resource: `${stream}job/algo-1-1` },
      { action: "logs:FilterLogEvents", resource: stream },
      { action: "ecr:BatchGetImage", resource: `arn:aws:ecr:us-east-1:${account}:repository/xgboost` },
      { action: "sagemaker:CreateTransformJob", resource: sageMaker("transform-job/x") },
      { action: "sagemaker:CreateHyperParameterTuningJob", resource: sageMaker("hyper-parameter-tuning-job/x") },
      { action: "application-autoscaling:RegisterScalableTarget", resource: "*" },
    ];
    for (const permission of notebook) {
      expect([permission.action, await allows(caller, permission)]).toEqual([permission.action, true]);
    }
    expect(await allows(caller, { action: "s3:GetObject", resource: "arn:aws:s3:::private/x" })).toBe(false);
    expect(await allows(caller, { action: "iam:CreateUser", resource: `arn:aws:iam::${account}:user/x` })).toBe(false);
  });
});
