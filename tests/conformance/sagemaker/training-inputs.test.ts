import { gzipSync } from "node:zlib";
import { ListObjectsV2Command } from "@aws-sdk/client-s3";
import { DescribeLogStreamsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { parquetWriteBuffer } from "hyparquet-writer";
import { beforeAll, describe, expect, it } from "vitest";
import { recordIoRows } from "./support/record-io.ts";
import { rows, trainingUnderTest, type Channel, type Job, type JobChanges } from "./support/training-under-test.ts";

const under = trainingUnderTest();
const table = rows
  .trim()
  .split("\n")
  .map((line) => line.split(",").map(Number));
const lines = table.map(
  ([label, ...features]) => `${label} ${features.map((value, i) => `${i}:${value}`).join(" ")}\n`,
);
const column = (index: number): number[] => table.map((row) => row[index] ?? 0);

const objects: Readonly<Record<string, string | Uint8Array>> = {
  "csv/rows.csv": rows,
  "two/a.csv": `${rows.split("\n").slice(0, 50).join("\n")}\n`,
  "two/b.csv": rows.split("\n").slice(50).join("\n"),
  "gzip/rows.csv.gz": gzipSync(rows),
  "libsvm/rows.libsvm": lines.join(""),
  "recordio/rows.pbr": recordIoRows(table),
  "parquet/rows.parquet": new Uint8Array(
    parquetWriteBuffer({
      columnData: [0, 1, 2].map((i) => ({ name: `c${i}`, data: column(i), type: "DOUBLE" as const })),
    }),
  ),
};

beforeAll(async () => {
  for (const [key, body] of Object.entries(objects)) {
    await under.put(key, body);
  }
});

/** The last train-rmse of the job, which is the same for the same rows in whatever form they came. */
async function learned(
  name: string,
  channel: Partial<Channel>,
  prefix: string,
  changes: JobChanges = {},
): Promise<number> {
  const job = await under.train(name, { InputDataConfig: [under.channel("train", prefix, channel)], ...changes });
  expect([job.TrainingJobStatus, job.FailureReason]).toEqual(["Completed", undefined]);
  return metric(job);
}

function metric(job: Job): number {
  return job.FinalMetricDataList?.find(({ MetricName }) => MetricName === "train:rmse")?.Value ?? NaN;
}

let expected = NaN;
beforeAll(async () => {
  expected = await learned("plain", {}, "csv/");
});

describe("a channel gives the same rows", () => {
  it.each<readonly [string, string, Partial<Channel>]>([
    ["exact-key", "csv/rows.csv", {}],
    ["two-objects", "two/", {}],
    ["short-type", "csv/", { ContentType: "csv" }],
    ["type-with-parameter", "csv/", { ContentType: "text/csv;label_size=1" }],
    ["libsvm", "libsvm/", { ContentType: "text/libsvm" }],
    ["libsvm-is-the-default", "libsvm/", { ContentType: undefined }],
    ["parquet", "parquet/", { ContentType: "application/x-parquet" }],
    ["recordio-protobuf", "recordio/", { ContentType: "application/x-recordio-protobuf" }],
    ["fast-file", "csv/", { InputMode: "FastFile" }],
    ["pipe", "csv/", { InputMode: "Pipe" }],
    ["pipe-of-two-objects", "two/", { InputMode: "Pipe" }],
    ["pipe-gunzips", "gzip/", { InputMode: "Pipe", CompressionType: "Gzip" }],
    ["pipe-of-recordio", "recordio/", { InputMode: "Pipe", ContentType: "application/x-recordio-protobuf" }],
  ])("%s", async (name, prefix, channel) => {
    expect(expected).toBeLessThan(5);
    expect(await learned(name, channel, prefix)).toBeCloseTo(expected, 4);
  });

  it("by the algorithm's input mode, and by a manifest", async () => {
    const AlgorithmSpecification = { ...under.request("x").AlgorithmSpecification, TrainingInputMode: "Pipe" as const };
    expect(await learned("all-pipes", {}, "csv/", { AlgorithmSpecification })).toBeCloseTo(expected, 4);
    await under.put("manifests/train", JSON.stringify([{ prefix: `s3://${under.bucket}/two/` }, "a.csv", "b.csv"]));
    const S3Uri = `s3://${under.bucket}/manifests/train`;
    const DataSource = { S3DataSource: { S3DataType: "ManifestFile" as const, S3Uri } };
    expect(await learned("manifest", { DataSource }, "")).toBeCloseTo(expected, 4);
  });
});

describe("two instances", () => {
  const ResourceConfig = { InstanceCount: 2, InstanceType: "ml.m4.xlarge" as const, VolumeSizeInGB: 5 };

  async function hosts(name: string): Promise<readonly (string | undefined)[]> {
    const request = { logGroupName: "/aws/sagemaker/TrainingJobs", logStreamNamePrefix: `${name}/` };
    const { logStreams = [] } = await under.clients.logs.send(new DescribeLogStreamsCommand(request));
    return logStreams.map(({ logStreamName }) => /^[^/]+\/(algo-\d+)-\d+$/.exec(logStreamName ?? "")?.[1]);
  }

  it("share the rows of a sharded channel and learn one model from all of them", async () => {
    const S3DataSource = {
      S3DataType: "S3Prefix" as const,
      S3Uri: `s3://${under.bucket}/two/`,
      S3DataDistributionType: "ShardedByS3Key" as const,
    };
    const value = await learned("sharded", { DataSource: { S3DataSource } }, "", { ResourceConfig });
    expect(value).toBeGreaterThan(expected / 2);
    expect(value).toBeLessThan(expected * 2);
    expect(await hosts("sharded")).toEqual(["algo-1", "algo-2"]);
  });

  it("each read a replicated channel whole", async () => {
    const job = await under.train("replicated", { ResourceConfig, InputDataConfig: [under.channel("train", "csv/")] });
    expect([job.TrainingJobStatus, job.FailureReason]).toEqual(["Completed", undefined]);
    expect(job.ResourceConfig).toMatchObject({ InstanceCount: 2 });
    // Every row counts twice, so that the regularisation counts for less.
    expect(metric(job)).toBeLessThan(expected);
    expect(await hosts("replicated")).toEqual(["algo-1", "algo-2"]);
  });

  it("fail together when the data of one cannot be read", async () => {
    await under.put("half-bad/a.csv", rows);
    await under.put("half-bad/b.csv", "x,y,z\n");
    const S3DataSource = {
      S3DataType: "S3Prefix" as const,
      S3Uri: `s3://${under.bucket}/half-bad/`,
      S3DataDistributionType: "ShardedByS3Key" as const,
    };
    const job = await under.train("half-bad", {
      ResourceConfig,
      InputDataConfig: [under.channel("train", "", { DataSource: { S3DataSource } })],
    });
    expect(job.TrainingJobStatus).toBe("Failed");
    expect(job.FailureReason).toMatch(
      /^ClientError: Failed to load csv data with exception:\nfile 'b\.csv': row 1, column 1: 'x' is not a number/,
    );
  });
});

describe("checkpoints", () => {
  it("lie in S3 while a job trains, and the next job goes on from them", async () => {
    const HyperParameters = { objective: "reg:squarederror", num_round: "100000000", max_depth: "2" };
    const CheckpointConfig = { S3Uri: `s3://${under.bucket}/checkpoints/` };
    const limited = { HyperParameters, CheckpointConfig, StoppingCondition: { MaxRuntimeInSeconds: 3 } };
    expect(await under.train("first", limited)).toMatchObject({
      SecondaryStatus: "MaxRuntimeExceeded",
      CheckpointConfig,
    });
    const listed = { Bucket: under.bucket, Prefix: "checkpoints/" };
    const { Contents = [] } = await under.clients.s3.send(new ListObjectsV2Command(listed));
    const written = Contents.map(({ Key = "" }) => Number(/^checkpoints\/xgboost-checkpoint\.(\d+)$/.exec(Key)?.[1]));
    expect(written.length).toBeGreaterThan(0);
    expect(await under.train("second", limited)).toMatchObject({ SecondaryStatus: "MaxRuntimeExceeded" });
    const rounds = (await under.logLines("second")).flatMap((line) => /^\[(\d+)\]#011/.exec(line)?.[1] ?? []);
    expect(Number(rounds[0])).toBe(Math.max(...written) + 1);
  });
});
