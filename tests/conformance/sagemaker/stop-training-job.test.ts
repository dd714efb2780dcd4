import { HeadObjectCommand } from "@aws-sdk/client-s3";
import {
  DeleteTrainingJobCommand,
  DescribeTrainingJobCommand,
  StopTrainingJobCommand,
  UpdateTrainingJobCommand,
} from "@aws-sdk/client-sagemaker";
import { describe, expect, it } from "vitest";
import { failureOf } from "./support/sagemaker-under-test.ts";
import { trainingUnderTest } from "./support/training-under-test.ts";

const under = trainingUnderTest();

/** More rounds than anybody waits for: such a job ends only when it is made to. */
const endless = { objective: "reg:squarederror", num_round: "100000000", max_depth: "2" };

async function reached(name: string, secondary: string): Promise<void> {
  const request = new DescribeTrainingJobCommand({ TrainingJobName: name });
  await expect
    .poll(async () => (await under.clients.sagemaker.send(request)).SecondaryStatus, { timeout: 30_000, interval: 50 })
    .toBe(secondary);
}

async function trained(name: string): Promise<void> {
  await expect
    .poll(async () => (await under.logLines(name)).some((line) => line.startsWith("[5]")), { timeout: 30_000 })
    .toBe(true);
}

describe("StopTrainingJob", () => {
  it("ends a job in the middle, keeps its model, and is no error when it is asked twice", async () => {
    const { sagemaker, s3 } = under.clients;
    await under.create("Endless", { HyperParameters: endless });
    await reached("Endless", "Training");
    await trained("Endless");
    await sagemaker.send(new StopTrainingJobCommand({ TrainingJobName: "Endless" }));
    const stopping = await sagemaker.send(new DescribeTrainingJobCommand({ TrainingJobName: "Endless" }));
    expect(["Stopping", "Stopped"]).toContain(stopping.TrainingJobStatus);
    await failureOf(sagemaker.send(new StopTrainingJobCommand({ TrainingJobName: "Endless" }))).catch(() => undefined);
    const job = await under.ended("Endless");
    expect(job).toMatchObject({
      TrainingJobStatus: "Stopped",
      SecondaryStatus: "Stopped",
      ModelArtifacts: { S3ModelArtifacts: `s3://${under.bucket}/output/Endless/output/model.tar.gz` },
    });
    expect(job.FailureReason).toBeUndefined();
    expect(
      job.SecondaryStatusTransitions?.map(({ Status, StatusMessage }) => [Status, StatusMessage]).slice(-2),
    ).toEqual(expect.arrayContaining([["Stopped", "Training job stopped"]]));
    expect(job.SecondaryStatusTransitions).toContainEqual(
      expect.objectContaining({ Status: "Stopping", StatusMessage: "Stopping the training job" }),
    );
    const artifact = await s3.send(
      new HeadObjectCommand({ Bucket: under.bucket, Key: "output/Endless/output/model.tar.gz" }),
    );
    expect(artifact.ContentLength).toBeGreaterThan(100);
  });

  it("refuses a job that has ended, in the words for its status", async () => {
    const { sagemaker } = under.clients;
    expect((await under.train("Ended")).TrainingJobStatus).toBe("Completed");
    expect(await failureOf(sagemaker.send(new StopTrainingJobCommand({ TrainingJobName: "Ended" })))).toMatchObject({
      code: "ValidationException",
      status: 400,
      message: "The request was rejected because the training job is in status Completed.",
    });
  });

  it("comes by itself at MaxRuntimeInSeconds", async () => {
    const job = await under.train("Long", { HyperParameters: endless, StoppingCondition: { MaxRuntimeInSeconds: 2 } });
    expect(job).toMatchObject({
      TrainingJobStatus: "Stopped",
      SecondaryStatus: "MaxRuntimeExceeded",
      StoppingCondition: { MaxRuntimeInSeconds: 2 },
      ModelArtifacts: { S3ModelArtifacts: `s3://${under.bucket}/output/Long/output/model.tar.gz` },
    });
    expect(job.SecondaryStatusTransitions?.at(-1)).toMatchObject({
      Status: "MaxRuntimeExceeded",
      StatusMessage: "Training job runtime exceeded MaxRuntimeInSeconds provided",
    });
    expect(job.TrainingTimeInSeconds).toBeGreaterThanOrEqual(2);
    expect(job.TrainingTimeInSeconds).toBeLessThan(30);
  });
});

describe("DeleteTrainingJob and UpdateTrainingJob", () => {
  it("wait for the job's end, or change it while it runs", async () => {
    const { sagemaker, arn } = under.clients;
    const TrainingJobName = "Changed";
    await under.create(TrainingJobName, { HyperParameters: endless });
    await reached(TrainingJobName, "Training");
    const ProfilerConfig = { ProfilingIntervalInMilliseconds: 500 };
    const update = { TrainingJobName, ProfilerConfig };
    expect((await sagemaker.send(new UpdateTrainingJobCommand(update))).TrainingJobArn).toBe(
      `${arn}:training-job/changed`,
    );
    const described = await sagemaker.send(new DescribeTrainingJobCommand({ TrainingJobName }));
    expect(described.ProfilerConfig).toMatchObject(ProfilerConfig);
    expect(await failureOf(sagemaker.send(new DeleteTrainingJobCommand({ TrainingJobName })))).toMatchObject({
      code: "ResourceInUse",
      status: 400,
      message: "The request was rejected because the training job is in status InProgress.",
    });
    await sagemaker.send(new StopTrainingJobCommand({ TrainingJobName }));
    await under.ended(TrainingJobName);
    expect(await failureOf(sagemaker.send(new UpdateTrainingJobCommand(update)))).toMatchObject({
      code: "ValidationException",
      message: "The request was rejected because the training job is in status Stopped.",
    });
    await sagemaker.send(new DeleteTrainingJobCommand({ TrainingJobName }));
    expect(await failureOf(sagemaker.send(new DescribeTrainingJobCommand({ TrainingJobName })))).toMatchObject({
      message: "Requested resource not found.",
    });
    expect((await under.train(TrainingJobName)).TrainingJobStatus).toBe("Completed");
  });
});
