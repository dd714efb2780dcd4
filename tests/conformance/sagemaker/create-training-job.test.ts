import { CreateTrainingJobCommand, ListTagsCommand } from "@aws-sdk/client-sagemaker";
import { describe, expect, it } from "vitest";
import { failureOf } from "./support/sagemaker-under-test.ts";
import { trainingUnderTest, type JobChanges } from "./support/training-under-test.ts";

const under = trainingUnderTest();

function refused(changes: JobChanges): Promise<Record<string, unknown>> {
  return failureOf(under.create("Refused", changes));
}

const image = (uri: string): JobChanges => ({
  AlgorithmSpecification: { TrainingImage: uri, TrainingInputMode: "File" },
});
const roleNamed = (name: string): string => `arn:aws:iam::123456789012:role/${name}`;

describe("CreateTrainingJob: constraints", () => {
  it.each<readonly [string, object, string]>([
    [
      "a name that AWS does not take",
      { TrainingJobName: "no_underscore" },
      "1 validation error detected: Value 'no_underscore' at 'trainingJobName' failed to satisfy constraint: Member must satisfy regular expression pattern: ^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}",
    ],
    [
      "a member that is missing",
      { RoleArn: undefined },
      "1 validation error detected: Value null at 'roleArn' failed to satisfy constraint: Member must not be null",
    ],
    [
      "a number below its range",
      { StoppingCondition: { MaxRuntimeInSeconds: 0 } },
      "1 validation error detected: Value '0' at 'stoppingCondition.maxRuntimeInSeconds' failed to satisfy constraint: Member must have value greater than or equal to 1",
    ],
    [
      "an enumeration's unknown word",
      { AlgorithmSpecification: { TrainingImage: "xgboost:1", TrainingInputMode: "Tape" } },
      "1 validation error detected: Value 'Tape' at 'algorithmSpecification.trainingInputMode' failed to satisfy constraint: Member must satisfy enum value set: [Pipe, File, FastFile]",
    ],
  ])("refuse %s", async (_name, changes, message) => {
    expect(await refused(changes)).toMatchObject({ code: "ValidationException", status: 400, message });
  });

  it("name a list's element by its place, and count the errors", async () => {
    const failure = await refused({
      TrainingJobName: "-",
      InputDataConfig: [under.channel("no channel", "rows/"), under.channel("train", "rows/")],
    });
    expect(failure).toMatchObject({ code: "ValidationException", status: 400 });
    expect(failure["message"]).toMatch(/^2 validation errors detected: Value .*; Value /);
    expect(failure["message"]).toContain(
      "Value 'no channel' at 'inputDataConfig.1.member.channelName' failed to satisfy constraint: Member must satisfy regular expression pattern: [A-Za-z0-9\\.\\-_]+",
    );
  });
});

describe("CreateTrainingJob: what the request names", () => {
  it.each<readonly [string, () => JobChanges, unknown]>([
    [
      "an unknown role",
      () => ({ RoleArn: roleNamed("absent") }),
      `Could not assume role ${roleNamed("absent")}. Please ensure that the role exists and allows principal 'sagemaker.amazonaws.com' to assume the role.`,
    ],
    [
      "an unknown image, and lists those that there are",
      () => image("123456789012.dkr.ecr.us-east-1.amazonaws.com/own:1"),
      expect.stringMatching(
        /^Could not pull image\. Role arn:aws:iam::\S+ cannot pull 123456789012\.dkr\.ecr\.us-east-1\.amazonaws\.com\/own:1\. Ensure that the role exists and the image was granted pull permission\. Images available here: .*\bxgboost:1\b.*sagemaker-xgboost:1\.7-1\b/,
      ),
    ],
    [
      "an unknown tag",
      () => image("683313688378.dkr.ecr.us-east-1.amazonaws.com/sagemaker-xgboost:9.9-9"),
      expect.stringMatching(/cannot pull \S+sagemaker-xgboost:9\.9-9\. .*Images available here: /),
    ],
    [
      "one channel twice",
      () => ({ InputDataConfig: [under.channel("train", "rows/"), under.channel("train", "rows/")] }),
      expect.stringMatching(/^Channel names must be unique\./),
    ],
    [
      "a spot job without a longest wait",
      () => ({ EnableManagedSpotTraining: true }),
      "Invalid MaxWaitTimeInSeconds. It must be present and be greater than or equal to MaxRuntimeInSeconds",
    ],
  ])("refuses %s", async (_name, changes, message) => {
    expect(await refused(changes())).toMatchObject({
      code: "ValidationException",
      status: 400,
      message,
    });
  });

  it.each([
    ["bucket", () => "s3://sagemaker-absent/rows/", "sagemaker-absent"],
    ["object", () => `s3://${under.bucket}/absent/`, undefined],
  ])("refuses an absent %s", async (_what, uri, otherBucket) => {
    const S3DataSource = { S3DataType: "S3Prefix" as const, S3Uri: uri() };
    const { executionRoleArn } = under.clients.server;
    const bucket = otherBucket ?? under.bucket;
    expect(
      await refused({ InputDataConfig: [under.channel("train", "", { DataSource: { S3DataSource } })] }),
    ).toMatchObject({
      code: "ValidationException",
      status: 400,
      message: `No S3 objects found under S3 URL "${uri()}" given in input data source. Please ensure that the bucket exists in the selected region (us-east-1), that objects exist under that S3 prefix, and that the role "${executionRoleArn}" has "s3:ListBucket" permissions on bucket "${bucket}".`,
    });
  });
});

describe("CreateTrainingJob", () => {
  it("takes a name once, whatever became of its job, and only its case matters to the ARN", async () => {
    const { sagemaker, arn } = under.clients;
    expect(await under.create("Named-Once", { Tags: [{ Key: "team", Value: "a" }] })).toBe(
      `${arn}:training-job/named-once`,
    );
    const again = sagemaker.send(new CreateTrainingJobCommand(under.request("Named-Once")));
    expect(await failureOf(again)).toMatchObject({
      code: "ResourceInUse",
      status: 400,
      message: `Training job names must be unique within an AWS account and region, and a training job with this name already exists (${arn}:training-job/named-once)`,
    });
    const tags = await sagemaker.send(new ListTagsCommand({ ResourceArn: `${arn}:training-job/named-once` }));
    expect(tags.Tags).toEqual([{ Key: "team", Value: "a" }]);
    expect((await under.ended("Named-Once")).TrainingJobStatus).toBe("Completed");
    const after = sagemaker.send(new CreateTrainingJobCommand(under.request("Named-Once")));
    expect(await failureOf(after)).toMatchObject({ code: "ResourceInUse" });
  });
});
