import { gzipSync } from "node:zlib";
import { GetLogEventsCommand, DescribeLogStreamsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { CreateTransformJobCommand, ListTagsCommand } from "@aws-sdk/client-sagemaker";
import { beforeAll, describe, expect, it } from "vitest";
import { failureOf, sagemakerUnderTest } from "./support/sagemaker-under-test.ts";
import { put, read, transform, transformRequest, type TransformChanges } from "./support/transform-jobs.ts";

const under = sagemakerUnderTest();

beforeAll(() => under.createModel("Tiny"));

const rows = "0,1\n1,1\n2,0\n3,0\n";
const predictions = "1.0\n2.0\n5.0\n9.0\n";

async function logLines(job: string): Promise<ReadonlyMap<string, readonly string[]>> {
  const logGroupName = "/aws/sagemaker/TransformJobs";
  const { logs } = under.clients;
  const { logStreams = [] } = await logs.send(
    new DescribeLogStreamsCommand({ logGroupName, logStreamNamePrefix: `${job}/` }),
  );
  const streams = await Promise.all(
    logStreams.map(async ({ logStreamName = "" }) => {
      const { events = [] } = await logs.send(
        new GetLogEventsCommand({ logGroupName, logStreamName, startFromHead: true }),
      );
      return [logStreamName, events.map(({ message = "" }) => message)] as const;
    }),
  );
  return new Map(streams);
}

describe("a transform job", () => {
  it("predicts one line per row, and says how it was called", async () => {
    await put(under, "in/Plain/test.csv", rows);
    expect(await transform(under, "Plain")).toMatchObject({
      TransformJobArn: `${under.clients.arn}:transform-job/plain`,
      TransformJobStatus: "Completed",
      CreationTime: expect.any(Date),
      TransformStartTime: expect.any(Date),
      TransformEndTime: expect.any(Date),
      TransformInput: { CompressionType: "None", SplitType: "Line" },
      TransformOutput: { AssembleWith: "None", KmsKeyId: "" },
      DataProcessing: { InputFilter: "$", OutputFilter: "$", JoinSource: "None" },
    });
    expect(await read(under, "out/Plain/test.csv.out")).toBe(predictions);
    const lines = await logLines("Plain");
    expect([...lines.keys()]).toEqual([expect.stringMatching(/^Plain\/i-[0-9a-f]{17}-\d{10}$/)]);
    expect([...lines.values()].flat()).toContainEqual(
      expect.stringMatching(
        /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}:\[sagemaker logs\]: MaxConcurrentTransforms=\d+, MaxPayloadInMB=6, BatchStrategy=MULTI_RECORD$/,
      ),
    );
  });

  it.each<readonly [string, TransformChanges]>([
    ["Unsplit", { TransformInput: { SplitType: "None" } }],
    ["Single", { BatchStrategy: "SingleRecord", MaxConcurrentTransforms: 4 }],
    ["Assembled", { TransformOutput: { AssembleWith: "Line" } }],
    [
      "SingleAssembled",
      { BatchStrategy: "SingleRecord", TransformOutput: { AssembleWith: "Line", Accept: "text/csv" } },
    ],
    ["Zipped", { TransformInput: { SplitType: "Line", CompressionType: "Gzip" } }],
  ])("%s predicts the same", async (name, changes) => {
    await put(under, `in/${name}/data`, name === "Zipped" ? gzipSync(rows) : rows);
    expect(await transform(under, name, changes)).toMatchObject({ TransformJobStatus: "Completed" });
    expect(await read(under, `out/${name}/data.out`)).toBe(predictions);
  });

  it("keeps the order of a large object's rows, which are predicted several payloads at a time", async () => {
    const repeats = 250_000;
    await put(under, "in/Large/data", rows.repeat(repeats));
    const changes = { MaxPayloadInMB: 1, MaxConcurrentTransforms: 4 };
    expect(await transform(under, "Large", changes)).toMatchObject({ TransformJobStatus: "Completed" });
    expect((await read(under, "out/Large/data.out")) === predictions.repeat(repeats)).toBe(true);
  });

  it("joins what was filtered with its predictions", async () => {
    await put(under, "in/Joined/data", "a,0,1\nb,3,0\n");
    await transform(under, "Joined", {
      DataProcessing: { InputFilter: "$[1:]", JoinSource: "Input", OutputFilter: "$[0,-1]" },
      TransformOutput: { AssembleWith: "Line", Accept: "text/csv" },
    });
    expect(await read(under, "out/Joined/data.out")).toBe("a,1.0\nb,9.0\n");
  });

  it("joins JSON lines", async () => {
    await put(under, "in/Lines/data", '{"id": 1.0, "features": [3, 0]}\n{"id": "x", "features": [0, 1]}\n');
    await transform(under, "Lines", {
      DataProcessing: { InputFilter: "$.features", JoinSource: "Input", OutputFilter: "$['id','SageMakerOutput']" },
      TransformInput: { ContentType: "application/jsonlines" },
      TransformOutput: { AssembleWith: "Line", Accept: "application/jsonlines" },
    });
    expect(await read(under, "out/Lines/data.out")).toBe(
      '{"id":1.0,"SageMakerOutput":{"score":9.0}}\n{"id":"x","SageMakerOutput":{"score":1.0}}\n',
    );
  });

  it("stores the objects that were good when another is bad", async () => {
    await put(under, "in/Mixed/bad.csv", "1,2,3,4\n");
    await put(under, "in/Mixed/good.csv", "3,0\n");
    const job = await transform(under, "Mixed", {
      TransformResources: { InstanceType: "ml.m4.xlarge", InstanceCount: 2 },
    });
    expect(job).toMatchObject({
      TransformJobStatus: "Failed",
      FailureReason: expect.stringMatching(/^ClientError: See job logs for more information/),
    });
    expect(await read(under, "out/Mixed/bad.csv.out")).toBeUndefined();
    expect(await read(under, "out/Mixed/good.csv.out")).toBe("9.0\n");
    const dataLog = [...(await logLines("Mixed"))].find(([stream]) => stream.endsWith("/data-log"))?.[1] ?? [];
    const start = `[sagemaker logs]: ${under.bucket}/in/Mixed/bad.csv: `;
    expect(dataLog.map((line) => line.slice(line.indexOf("[")))).toEqual([
      `${start}ClientError: 400`,
      start,
      `${start}Message:`,
      expect.stringContaining(
        "Feature size of csv inference data 4 is not consistent with feature size of trained model 2",
      ),
    ]);
  });
});

describe("CreateTransformJob", () => {
  it("refuses a name that is taken, and keeps tags", async () => {
    const { sagemaker, arn } = under.clients;
    await put(under, "in/Taken/data", rows);
    await transform(under, "Taken", { Tags: [{ Key: "k", Value: "v" }] });
    expect(await failureOf(transform(under, "Taken"))).toMatchObject({
      code: "ResourceInUse",
      status: 400,
      message: `Job name must be unique within an AWS account and region, and a job with this name already exists (${arn}:transform-job/taken)`,
    });
    const { Tags } = await sagemaker.send(new ListTagsCommand({ ResourceArn: `${arn}:transform-job/taken` }));
    expect(Tags).toEqual([{ Key: "k", Value: "v" }]);
  });

  it.each<readonly [string, TransformChanges, string]>([
    ["an unknown model", { ModelName: "None" }, 'Could not find model "ARN:model/none".'],
    [
      "a place without data",
      {},
      'No S3 objects found under S3 URL "s3://BUCKET/in/Refused/" given in input data source. Please ensure that the bucket exists in the selected region (us-east-1), that objects exist under that S3 prefix, and that the role "ROLE" has "s3:ListBucket" permissions on bucket "BUCKET".',
    ],
    [
      "numbers out of range",
      { ModelClientConfig: { InvocationsMaxRetries: 4 } },
      "1 validation error detected: Value '4' at 'modelClientConfig.invocationsMaxRetries' failed to satisfy constraint: Member must have value less than or equal to 3",
    ],
  ])("refuses %s", async (_name, changes, message) => {
    const { sagemaker, server, arn } = under.clients;
    const create = sagemaker.send(new CreateTransformJobCommand(transformRequest(under, "Refused", changes)));
    expect(await failureOf(create)).toMatchObject({
      code: "ValidationException",
      status: 400,
      message: message.replaceAll("BUCKET", under.bucket).replace("ROLE", server.executionRoleArn).replace("ARN", arn),
    });
  });
});
