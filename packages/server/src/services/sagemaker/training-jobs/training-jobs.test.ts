import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type ManualClock, manualClock } from "../../../platform/clock/manual-clock.ts";
import { ScriptedCompute } from "../testing/scripted-compute.ts";
import {
  roleArn,
  type TrainingFixture,
  trainingChannel,
  trainingFixture,
  trainingRequest,
} from "../testing/training-fixture.ts";

const arn = (name: string): string => `arn:aws:sagemaker:us-east-1:123456789012:training-job/${name}`;

describe("operations on training jobs", () => {
  let fixture: TrainingFixture;
  let compute: ScriptedCompute;
  let clock: ManualClock;

  beforeEach(async () => {
    compute = new ScriptedCompute();
    clock = manualClock(new Date("2026-01-02T03:04:05.678Z"));
    fixture = await trainingFixture({ clock, compute });
    await fixture.put("data/a.csv", "1,2\n");
  });
  afterEach(() => fixture.close());

  const create = (name: string, changes: object = {}): Promise<unknown> =>
    fixture.call("CreateTrainingJob", trainingRequest(name, changes));
  const describeJob = (name: string): Promise<Record<string, unknown>> =>
    fixture.call("DescribeTrainingJob", { TrainingJobName: name });

  describe("CreateTrainingJob", () => {
    it("answers the ARN, in lower case", async () => {
      expect(await create("Job-A")).toEqual({ TrainingJobArn: arn("job-a") });
      await fixture.finished("Job-A");
    });

    it("refuses a name that is taken, also after its job has ended", async () => {
      await create("job");
      await fixture.finished("job");
      await expect(create("job")).rejects.toMatchObject({
        code: "ResourceInUse",
        message: `Training job names must be unique within an AWS account and region, and a training job with this name already exists (${arn("job")})`,
      });
    });

    const noObjects = (uri: string, bucket: string): string =>
      `No S3 objects found under S3 URL "${uri}" given in input data source. Please ensure that the bucket exists in the selected region (us-east-1), that objects exist under that S3 prefix, and that the role "${roleArn}" has "s3:ListBucket" permissions on bucket "${bucket}".`;
    const channels = (...list: object[]): object => ({ InputDataConfig: list });

    it.each<[string, object, string]>([
      [
        "a role nobody can assume",
        { RoleArn: "arn:aws:iam::123456789012:role/other" },
        "Could not assume role arn:aws:iam::123456789012:role/other. Please ensure that the role exists and allows principal 'sagemaker.amazonaws.com' to assume the role.",
      ],
      ["no objects", channels(trainingChannel("train", "s3://bucket/none/")), noObjects("s3://bucket/none/", "bucket")],
      ["no bucket", channels(trainingChannel("train", "s3://missing/a")), noObjects("s3://missing/a", "missing")],
      [
        "two channels of a name",
        channels(trainingChannel("train", "s3://bucket/data"), trainingChannel("train", "s3://bucket/data")),
        'Channel names must be unique. The channel name "train" is given more than once.',
      ],
      [
        "an augmented manifest",
        channels(trainingChannel("train", "s3://bucket/data", {}, { S3DataType: "AugmentedManifestFile" })),
        "Channel train: S3DataType AugmentedManifestFile is not supported. Use S3Prefix or ManifestFile.",
      ],
      [
        "spot training without a limit for waiting",
        { EnableManagedSpotTraining: true },
        "Invalid MaxWaitTimeInSeconds. It must be present and be greater than or equal to MaxRuntimeInSeconds",
      ],
      [
        "no algorithm",
        { AlgorithmSpecification: undefined },
        "1 validation error detected: Value null at 'algorithmSpecification' failed to satisfy constraint: Member must not be null",
      ],
      [
        "an entrypoint for a built-in image",
        { AlgorithmSpecification: { TrainingInputMode: "File", ContainerEntrypoint: ["sh"] } },
        "ContainerEntrypoint and ContainerArguments are not supported for the images of built-in algorithms.",
      ],
    ])("refuses %s", async (_case, changes, message) => {
      await expect(create("job", changes)).rejects.toMatchObject({ code: "ValidationException", message });
      await expect(describeJob("job")).rejects.toThrow("Requested resource not found.");
    });

    it("names the images there are when it does not know the one asked for", async () => {
      const image = "811284229777.dkr.ecr.us-east-1.amazonaws.com/kmeans:1";
      const changes = { AlgorithmSpecification: { TrainingImage: image, TrainingInputMode: "File" } };
      await expect(create("job", changes)).rejects.toThrow(
        new RegExp(`Role ${roleArn} cannot pull ${image}\\. .*Images available here: .*xgboost:1`),
      );
    });

    it("needs the right to list the bucket for finding any object", async () => {
      fixture.denied.add("s3:ListBucket arn:aws:s3:::bucket");
      await expect(create("job")).rejects.toThrow(noObjects("s3://bucket/data/", "bucket"));
    });

    it("asks for the rights to create, to pass the role and to tag", async () => {
      const { createTrainingJob } = await import("./create-training-job.ts");
      const { callContext } = await import("../testing/call-context.ts");
      const request = trainingRequest("job", { Tags: [{ Key: "a", Value: "b" }] });
      expect(createTrainingJob.permissions(request as never, callContext())).toEqual([
        { action: "sagemaker:CreateTrainingJob", resource: arn("job") },
        {
          action: "iam:PassRole",
          resource: roleArn,
          conditionKeys: { "iam:PassedToService": ["sagemaker.amazonaws.com"] },
        },
        { action: "sagemaker:AddTags", resource: arn("job") },
      ]);
    });

    it("keeps the tags", async () => {
      await create("job", { Tags: [{ Key: "team", Value: "a" }] });
      expect(await fixture.call("ListTags", { ResourceArn: arn("job") })).toEqual({
        Tags: [{ Key: "team", Value: "a" }],
      });
    });
  });

  describe("DescribeTrainingJob", () => {
    it("does not know a job", async () => {
      await expect(describeJob("nobody")).rejects.toMatchObject({
        code: "ValidationException",
        message: "Requested resource not found.",
      });
    });

    it("shows the request with the defaults that AWS fills in, and the image's metrics", async () => {
      const request = trainingRequest("job", {
        DebugHookConfig: { S3OutputPath: "s3://bucket/debug", CollectionConfigurations: [] },
        Environment: { A: "b" },
        AlgorithmSpecification: {
          TrainingImage: "811284229777.dkr.ecr.us-east-1.amazonaws.com/xgboost:1",
          TrainingInputMode: "File",
          MetricDefinitions: [{ Name: "validation:rmse", Regex: "mine=(.*)" }],
        },
      });
      await fixture.call("CreateTrainingJob", request);
      const job = await fixture.finished("job");
      expect(job).toMatchObject({
        ...request,
        EnableNetworkIsolation: false,
        EnableInterContainerTrafficEncryption: false,
        EnableManagedSpotTraining: false,
        OutputDataConfig: { S3OutputPath: "s3://bucket/out", KmsKeyId: "", CompressionType: "GZIP" },
        InputDataConfig: [{ CompressionType: "None", RecordWrapperType: "None" }],
        AlgorithmSpecification: {
          MetricDefinitions: expect.arrayContaining([
            { Name: "validation:rmse", Regex: "mine=(.*)" },
            { Name: "train:rmse", Regex: expect.stringContaining("#011train-rmse:") as unknown },
          ]) as unknown,
        },
      });
      const names = (job["AlgorithmSpecification"] as { MetricDefinitions: { Name: string }[] }).MetricDefinitions;
      expect(names.filter(({ Name }) => Name === "validation:rmse")).toHaveLength(1);
    });
  });

  describe("ListTrainingJobs", () => {
    const list = async (input: object = {}): Promise<{ names: string[]; NextToken?: string }> => {
      const answer = await fixture.call("ListTrainingJobs", input);
      const names = (answer["TrainingJobSummaries"] as { TrainingJobName: string }[]).map((job) => job.TrainingJobName);
      return { ...answer, names };
    };

    beforeEach(async () => {
      for (const name of ["first-a", "second-b", "third-a"]) {
        await create(name);
        await fixture.finished(name);
        clock.advance(60_000);
      }
    });

    it("sorts by creation, oldest first, and pages", async () => {
      const page = await list({ MaxResults: 2 });
      expect(page.names).toEqual(["first-a", "second-b"]);
      expect((await list({ MaxResults: 2, NextToken: page.NextToken })).names).toEqual(["third-a"]);
      expect((await list({ SortOrder: "Descending", MaxResults: 1 })).names).toEqual(["third-a"]);
      expect((await list({ SortBy: "Name", SortOrder: "Descending" })).names).toEqual([
        "third-a",
        "second-b",
        "first-a",
      ]);
    });

    it("filters", async () => {
      expect((await list({ NameContains: "A" })).names).toEqual(["first-a", "third-a"]);
      expect((await list({ StatusEquals: "Completed" })).names).toHaveLength(3);
      expect((await list({ StatusEquals: "Failed" })).names).toEqual([]);
      expect((await list({ CreationTimeAfter: new Date("2026-01-02T03:05:00Z") })).names).toEqual([
        "second-b",
        "third-a",
      ]);
      expect((await list({ WarmPoolStatusEquals: "Available" })).names).toEqual([]);
    });

    it("refuses a token that it did not give", async () => {
      await expect(list({ NextToken: "made up" })).rejects.toMatchObject({
        code: "ValidationException",
        message: "Invalid pagination token.",
      });
    });
  });

  describe("StopTrainingJob", () => {
    it("does not know a job, and refuses one that has ended", async () => {
      await expect(fixture.call("StopTrainingJob", { TrainingJobName: "nobody" })).rejects.toThrow(
        "Requested resource not found.",
      );
      await create("job");
      await fixture.finished("job");
      await expect(fixture.call("StopTrainingJob", { TrainingJobName: "job" })).rejects.toMatchObject({
        code: "ValidationException",
        message: "The request was rejected because the training job is in status Completed.",
      });
    });

    it("lets the container save its model, and may be repeated", async () => {
      compute.script = async ({ asked, files }) => {
        await new Promise((resolve) => asked.addEventListener("abort", resolve));
        await fixture.call("StopTrainingJob", { TrainingJobName: "job" });
        expect(await describeJob("job")).toMatchObject({ TrainingJobStatus: "Stopping", SecondaryStatus: "Stopping" });
        files.set("model/xgboost-model", Buffer.from("half"));
        return 143;
      };
      await create("job");
      await until(() => compute.containers.length === 1);
      await fixture.call("StopTrainingJob", { TrainingJobName: "job" });
      expect(await fixture.finished("job")).toMatchObject({
        TrainingJobStatus: "Stopped",
        SecondaryStatus: "Stopped",
        ModelArtifacts: { S3ModelArtifacts: "s3://bucket/out/job/output/model.tar.gz" },
      });
      expect(await fixture.archive("out/job/output/model.tar.gz")).toEqual({ "xgboost-model": "half" });
    });
  });

  describe("DeleteTrainingJob and UpdateTrainingJob", () => {
    it("forget and change a job", async () => {
      let finish: () => void = () => undefined;
      compute.script = () => new Promise<void>((resolve) => (finish = resolve));
      await create("job");
      await until(() => compute.containers.length === 1);
      await expect(fixture.call("DeleteTrainingJob", { TrainingJobName: "job" })).rejects.toMatchObject({
        code: "ResourceInUse",
        message: "The request was rejected because the training job is in status InProgress.",
      });
      const profiler = { S3OutputPath: "s3://bucket/p", ProfilingIntervalInMilliseconds: 500 };
      await fixture.call("UpdateTrainingJob", { TrainingJobName: "job", ProfilerConfig: profiler });
      finish();
      expect(await fixture.finished("job")).toMatchObject({ ProfilerConfig: profiler, TrainingJobStatus: "Completed" });
      await expect(
        fixture.call("UpdateTrainingJob", { TrainingJobName: "job", ProfilerConfig: profiler }),
      ).rejects.toThrow("The request was rejected because the training job is in status Completed.");

      await fixture.call("DeleteTrainingJob", { TrainingJobName: "job" });
      await expect(describeJob("job")).rejects.toThrow("Requested resource not found.");
      compute.script = async () => 0;
      await create("job");
      await fixture.finished("job");
    });
  });
});

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) {
    await new Promise<void>((resolve) => setImmediate(resolve));
  }
}
