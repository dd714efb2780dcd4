import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { GetLogEventsCommand, DescribeLogStreamsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { CreateBucketCommand, GetObjectCommand, ListObjectsV2Command, PutObjectCommand } from "@aws-sdk/client-s3";
import {
  CreateTrainingJobCommand,
  DescribeModelCommand,
  DescribeTrainingJobCommand,
  ListTrainingJobsCommand,
} from "@aws-sdk/client-sagemaker";
import { InvokeEndpointCommand } from "@aws-sdk/client-sagemaker-runtime";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readArchive } from "../support/archive.ts";
import { awsClients, type AwsClients } from "../support/aws-clients.ts";
import { deploy } from "../support/endpoints.ts";
import { allEnded, processesOf } from "../support/process-table.ts";
import { startServer, type ServerUnderTest } from "../support/server.ts";
import { train, trainingEnd, trainingRequest, trainingRows } from "../support/training-jobs.ts";
import { until } from "../support/until.ts";

const bucket = "sagemaker-restart";
const logGroupName = "/aws/sagemaker/TrainingJobs";

describe("Ctrl-C in the middle of everything, and a new start", () => {
  let directory = "";
  let server: ServerUnderTest;
  let clients: AwsClients;

  const start = async (): Promise<void> => {
    server = await startServer({ dataDirectory: directory, ephemeral: false });
    clients = awsClients(server);
  };
  const stop = async (): Promise<void> => {
    clients.destroy();
    await server.stop();
    await allEnded(() => processesOf(directory));
  };

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), "clary-restart-"));
    await start();
    await clients.s3.send(new CreateBucketCommand({ Bucket: bucket }));
    await clients.s3.send(new PutObjectCommand({ Bucket: bucket, Key: "train.csv", Body: trainingRows(300) }));
  });
  afterAll(async () => {
    await stop();
    await rm(directory, { recursive: true, force: true });
  });

  const plan = (name: string): Parameters<typeof trainingRequest>[0] => ({
    name,
    roleArn: server.executionRoleArn,
    bucket,
    key: "train.csv",
  });

  it("trains on in a new attempt", async () => {
    const request = trainingRequest({ ...plan("interrupted"), hyperParameters: { num_round: "4000" } });
    await clients.sagemaker.send(new CreateTrainingJobCommand(request));
    await until("rounds are logged", async () => (await logLines("interrupted")).length > 20);
    const created = await describeJob("interrupted");
    expect(created.TrainingJobStatus).toBe("InProgress");
    const before = await logLines("interrupted");
    await stop();
    await start();
    const after = await describeJob("interrupted");
    expect(after.CreationTime).toEqual(created.CreationTime);
    expect(after.HyperParameters).toEqual(created.HyperParameters);
    const job = await trainingEnd(clients.sagemaker, "interrupted");
    expect(job.FailureReason).toBeUndefined();
    expect(job.TrainingJobStatus).toBe("Completed");
    expect(job.SecondaryStatusTransitions?.filter(({ Status }) => Status === "Completed")).toHaveLength(1);
    const lines = await logLines("interrupted");
    expect(lines.filter((line) => line.endsWith("Single node training."))).toHaveLength(2);
    expect(lines.slice(0, before.length)).toEqual(before);
    const key = `output/interrupted/output/model.tar.gz`;
    const { Body } = await clients.s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    expect([...(await readArchive((await Body?.transformToByteArray()) ?? new Uint8Array())).keys()]).toEqual([
      "xgboost-model",
    ]);
  });

  it("answers for an endpoint as soon as it listens, and keeps what it had", async () => {
    const job = await train(clients.sagemaker, plan("finished"));
    const modelData = job.ModelArtifacts?.S3ModelArtifacts ?? "";
    const endpoint = await deploy(clients.sagemaker, { name: "kept", roleArn: server.executionRoleArn, modelData });
    expect(endpoint.EndpointStatus).toBe("InService");
    const prediction = await invoke();
    const before = await everything();
    await stop();
    await start();
    // Without waiting: the call waits for the endpoint, not the caller.
    expect(await invoke()).toBe(prediction);
    expect(await everything()).toEqual(before);
  });

  it("does not begin a job again that has ended", async () => {
    const before = await describeJob("finished");
    await stop();
    await start();
    const { $metadata: _, ...rest } = before;
    expect(await describeJob("finished")).toMatchObject(rest);
    expect(await logLines("finished")).not.toEqual([]);
  });

  async function describeJob(name: string): ReturnType<typeof trainingEnd> {
    return clients.sagemaker.send(new DescribeTrainingJobCommand({ TrainingJobName: name }));
  }

  /** In order, of all streams of a job. */
  async function logLines(name: string): Promise<string[]> {
    const { logStreams = [] } = await clients.logs
      .send(new DescribeLogStreamsCommand({ logGroupName, logStreamNamePrefix: `${name}/` }))
      .catch(() => ({ logStreams: [] }));
    const lines: string[] = [];
    for (const { logStreamName } of logStreams) {
      const page = await clients.logs.send(
        new GetLogEventsCommand({ logGroupName, logStreamName, startFromHead: true, limit: 10_000 }),
      );
      lines.push(...(page.events ?? []).map(({ message = "" }) => message));
    }
    return lines;
  }

  async function invoke(): Promise<string> {
    const answer = await clients.runtime.send(
      new InvokeEndpointCommand({ EndpointName: "kept", ContentType: "text/csv", Body: "0.1,0.2,0.3,0.4,0.5" }),
    );
    return Buffer.from(answer.Body).toString();
  }

  async function everything(): Promise<unknown> {
    const { TrainingJobSummaries } = await clients.sagemaker.send(new ListTrainingJobsCommand({}));
    const { Contents } = await clients.s3.send(new ListObjectsV2Command({ Bucket: bucket }));
    const { $metadata: _, ...model } = await clients.sagemaker.send(new DescribeModelCommand({ ModelName: "kept" }));
    return { TrainingJobSummaries, Contents, model, lines: await logLines("finished") };
  }
});
