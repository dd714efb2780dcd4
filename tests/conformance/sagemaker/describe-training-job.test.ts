import { DescribeTrainingJobCommand, StopTrainingJobCommand } from "@aws-sdk/client-sagemaker";
import { describe, expect, it } from "vitest";
import { failureOf } from "./support/sagemaker-under-test.ts";
import { trainingUnderTest } from "./support/training-under-test.ts";

const under = trainingUnderTest();

describe("DescribeTrainingJob", () => {
  it("echoes the request, and has every member that clients index", async () => {
    const { server, arn } = under.clients;
    const extra = {
      MetricDefinitions: [{ Name: "mine", Regex: "train-rmse:(\\S+)" }],
      TrainingImage: "811284229777.dkr.ecr.us-east-1.amazonaws.com/xgboost:1",
      TrainingInputMode: "File" as const,
    };
    const job = await under.train("Echo", {
      AlgorithmSpecification: extra,
      Environment: { A: "b" },
      DebugHookConfig: { S3OutputPath: `s3://${under.bucket}/debug`, CollectionConfigurations: [] },
      ProfilerConfig: { S3OutputPath: `s3://${under.bucket}/profile`, DisableProfiler: false },
    });
    expect(job).toMatchObject({
      TrainingJobName: "Echo",
      TrainingJobArn: `${arn}:training-job/echo`,
      TrainingJobStatus: "Completed",
      SecondaryStatus: "Completed",
      RoleArn: server.executionRoleArn,
      HyperParameters: { objective: "reg:squarederror", num_round: "10", max_depth: "3" },
      OutputDataConfig: { S3OutputPath: `s3://${under.bucket}/output`, KmsKeyId: "", CompressionType: "GZIP" },
      ResourceConfig: { InstanceCount: 1, InstanceType: "ml.m4.xlarge", VolumeSizeInGB: 5 },
      StoppingCondition: { MaxRuntimeInSeconds: 3600 },
      InputDataConfig: [
        { ChannelName: "train", ContentType: "text/csv", CompressionType: "None", RecordWrapperType: "None" },
      ],
      ModelArtifacts: { S3ModelArtifacts: `s3://${under.bucket}/output/Echo/output/model.tar.gz` },
      EnableNetworkIsolation: false,
      EnableInterContainerTrafficEncryption: false,
      EnableManagedSpotTraining: false,
      Environment: { A: "b" },
      DebugHookConfig: { CollectionConfigurations: [] },
      ProfilerConfig: { DisableProfiler: false },
    });
    expect(job.FailureReason).toBeUndefined();
    const definitions = job.AlgorithmSpecification?.MetricDefinitions ?? [];
    expect(definitions.map(({ Name }) => Name)).toEqual(
      expect.arrayContaining(["mine", "train:rmse", "validation:rmse"]),
    );
  });

  it("tells the steps of the job, one after the other, with AWS's words", async () => {
    const job = await under.train("Steps");
    const steps = job.SecondaryStatusTransitions ?? [];
    expect(steps.map(({ Status, StatusMessage }) => [Status, StatusMessage])).toEqual([
      ["Starting", "Preparing the instances for training"],
      ["Downloading", "Downloading input data"],
      ["Training", "Training image download completed. Training in progress."],
      ["Uploading", "Uploading generated training model"],
      ["Completed", "Training job completed"],
    ]);
    const times = steps.flatMap(({ StartTime, EndTime }) => [Number(StartTime), Number(EndTime)]);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(steps[0]?.StartTime).toEqual(job.CreationTime);
    expect(steps[1]?.StartTime).toEqual(job.TrainingStartTime);
    expect(steps.at(-1)?.StartTime).toEqual(job.TrainingEndTime);
    expect(job.LastModifiedTime).toEqual(job.TrainingEndTime);
    expect(job.TrainingTimeInSeconds).toBeGreaterThanOrEqual(1);
    expect(job.BillableTimeInSeconds).toBe(job.TrainingTimeInSeconds);
  });

  it("has the last value of each metric that was seen", async () => {
    await under.put("rows/validation.csv", "5,2,1\n9,4,1\n");
    const job = await under.train("Metrics", {
      InputDataConfig: [under.channel("train", "rows/rows.csv"), under.channel("validation", "rows/validation.csv")],
    });
    const last = (await under.logLines("Metrics")).findLast((line) => line.startsWith("[9]#011train-rmse:"));
    const [, train, validation] = /^\[9\]#011train-rmse:([\d.]+)#011validation-rmse:([\d.]+)$/.exec(last ?? "") ?? [];
    const metrics = (job.FinalMetricDataList ?? []).toSorted((a, b) =>
      (a.MetricName ?? "").localeCompare(b.MetricName ?? ""),
    );
    expect(
      metrics.map(({ MetricName, Value, Timestamp }) => [MetricName, Value?.toPrecision(5), Timestamp instanceof Date]),
    ).toEqual([
      ["train:rmse", Number(train).toPrecision(5), true],
      ["validation:rmse", Number(validation).toPrecision(5), true],
    ]);
  });

  it.each([
    ["DescribeTrainingJob", new DescribeTrainingJobCommand({ TrainingJobName: "absent" })],
    ["StopTrainingJob", new StopTrainingJobCommand({ TrainingJobName: "absent" })],
  ] as const)("%s does not name what it did not find", async (_name, command) => {
    expect(await failureOf(under.clients.sagemaker.send(command as DescribeTrainingJobCommand))).toMatchObject({
      code: "ValidationException",
      status: 400,
      message: "Requested resource not found.",
    });
  });
});
