import { spawn } from "node:child_process";
import { once } from "node:events";
import { createReadStream } from "node:fs";
import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CreateBucketCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { CreateTransformJobCommand, DescribeTransformJobCommand } from "@aws-sdk/client-sagemaker";
import { InvokeEndpointCommand } from "@aws-sdk/client-sagemaker-runtime";
import { afterAll, beforeAll, expect, it } from "vitest";
import { awsClients, type AwsClients } from "../support/aws-clients.ts";
import { describeWithClient } from "../support/clients.ts";
import { deploy } from "../support/endpoints.ts";
import { readObject } from "../support/read-object.ts";
import { startServer, type ServerUnderTest } from "../support/server.ts";
import { train } from "../support/training-jobs.ts";
import { until } from "../support/until.ts";
import { bagOfWordsBody, writeBagOfWords } from "./support/bag-of-words.ts";
import { measureMemory, type Measured } from "./support/peak-memory.ts";
import { peerScript, startPeerServer } from "./support/peer-server.ts";

/** The data of the sentiment example: 25,000 reviews, the 5,000 most frequent words; 250 MB as CSV. */
const shape = { rows: 25_000, columns: 5_000 };
const rounds = 10;
/** As the example's notebook cuts its requests: about 5 MB each. */
const rowsPerCall = 512;
const calls = Math.ceil(shape.rows / rowsPerCall);
const bucket = "sagemaker-size";

describeWithClient("bench", "25,000 rows of 5,000 columns take no more memory than in Python", (python) => {
  let directory = "";
  let server: ServerUnderTest;
  let clients: AwsClients;
  let modelData = "";
  const file = (name: string): string => join(directory, name);

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), "clary-size-"));
    await writeBagOfWords(file("train.csv"), shape, true);
    await writeBagOfWords(file("test.csv"), shape, false);
    server = await startServer({ dataDirectory: file("data"), ephemeral: false });
    clients = awsClients(server);
    await clients.s3.send(new CreateBucketCommand({ Bucket: bucket }));
  });
  afterAll(async () => {
    clients.destroy();
    await server.stop();
    await rm(directory, { recursive: true, force: true });
  });

  it("to upload and train", async () => {
    const ours = await measureMemory(server.pid, async () => {
      await upload("train.csv");
      const hyperParameters = {
        max_depth: "5",
        eta: "0.2",
        gamma: "4",
        min_child_weight: "6",
        objective: "binary:logistic",
        tree_method: "hist",
        num_round: String(rounds),
      };
      const plan = { name: "sentiment", roleArn: server.executionRoleArn, bucket, key: "train.csv", hyperParameters };
      return train(clients.sagemaker, plan);
    });
    expect([ours.result.TrainingJobStatus, ours.result.FailureReason]).toEqual(["Completed", undefined]);
    modelData = ours.result.ModelArtifacts?.S3ModelArtifacts ?? "";
    const theirs = await inPython("train", file("train.csv"), file("model.json"), String(rounds));
    report("train", ours, theirs);
    expect(ours.peakMiB).toBeLessThanOrEqual(theirs.peakMiB);
  });

  it("to transform, with the same predictions", async () => {
    await upload("test.csv");
    const plan = { name: "sentiment", roleArn: server.executionRoleArn, modelData };
    expect((await deploy(clients.sagemaker, plan)).EndpointStatus).toBe("InService");
    const ours = await measureMemory(server.pid, transform);
    const theirs = await inPython("transform", file("test.csv"), file("model.json"), file("out.csv"));
    report("transform", ours, theirs);
    const predictions = numbersOf((await readObject(clients.s3, bucket, "transformed/test.csv.out")).toString());
    const expected = numbersOf(await readFile(file("out.csv"), "utf8"));
    expect(predictions).toHaveLength(shape.rows);
    const differences = predictions.map((prediction, row) => Math.abs(prediction - (expected[row] ?? Number.NaN)));
    expect(Math.max(...differences)).toBeLessThan(1e-5);
    expect(ours.peakMiB).toBeLessThanOrEqual(theirs.peakMiB);
  });

  it("to answer calls of 512 rows", async () => {
    const ours = await measureMemory(server.pid, () =>
      sendCalls(async (Body) => {
        const request = { EndpointName: "sentiment", ContentType: "text/csv", Body };
        return Buffer.from((await clients.runtime.send(new InvokeEndpointCommand(request))).Body).toString();
      }),
    );
    const peer = await startPeerServer(python, file("model.json"));
    const theirs = await measureMemory(peer.pid, () =>
      sendCalls(async (body) => (await fetch(peer.url, { method: "POST", body })).text()),
    );
    peer.stop();
    report("invoke", ours, theirs);
    expect(ours.peakMiB).toBeLessThanOrEqual(theirs.peakMiB);
  });

  /** Sends all calls, one after the other. */
  async function sendCalls(send: (body: Uint8Array<ArrayBuffer>) => Promise<string>): Promise<void> {
    for (let call = 0; call < calls; call++) {
      const answer = await send(new Uint8Array(bagOfWordsBody({ ...shape, rows: rowsPerCall }, call)));
      expect(numbersOf(answer)).toHaveLength(rowsPerCall);
    }
  }

  async function upload(name: string): Promise<void> {
    const { size } = await stat(file(name));
    const Body = createReadStream(file(name));
    await clients.s3.send(new PutObjectCommand({ Bucket: bucket, Key: name, Body, ContentLength: size }));
  }

  async function transform(): Promise<void> {
    const name = "sentiment";
    await clients.sagemaker.send(
      new CreateTransformJobCommand({
        TransformJobName: name,
        ModelName: name,
        MaxPayloadInMB: 6,
        BatchStrategy: "MultiRecord",
        TransformInput: {
          ContentType: "text/csv",
          SplitType: "Line",
          DataSource: { S3DataSource: { S3DataType: "S3Prefix", S3Uri: `s3://${bucket}/test.csv` } },
        },
        TransformOutput: { S3OutputPath: `s3://${bucket}/transformed`, AssembleWith: "Line" },
        TransformResources: { InstanceType: "ml.m4.xlarge", InstanceCount: 1 },
      }),
    );
    let end: string | undefined;
    const hasEnded = async (): Promise<boolean> => {
      const job = await clients.sagemaker.send(new DescribeTransformJobCommand({ TransformJobName: name }));
      end = `${job.TransformJobStatus} ${job.FailureReason ?? ""}`;
      return job.TransformJobStatus !== "InProgress";
    };
    await until("the transform job ends", hasEnded, { withinMs: 300_000 });
    expect(end).toBe("Completed ");
  }

  /** Runs a step of the peer to its end. */
  async function inPython(...words: readonly string[]): Promise<Measured<void>> {
    const child = spawn(python, [peerScript, ...words], { stdio: ["ignore", "inherit", "inherit"] });
    const exit = once(child, "exit");
    const measured = await measureMemory(child.pid ?? 0, async () => {
      await exit;
    });
    expect(child.exitCode).toBe(0);
    return measured;
  }
});

/** In a CSV answer, whether it has a line per row or, as older images, one line. */
function numbersOf(text: string): number[] {
  return text.trim().split(/[,\n]/).map(Number);
}

function report(step: string, ours: Measured<unknown>, theirs: Measured<unknown>): void {
  const figures = ({ peakMiB, seconds }: Measured<unknown>): string =>
    `${peakMiB.toFixed(0)} MiB in ${seconds.toFixed(1)} s`;
  console.log(`${step}: ${figures(ours)}, Python ${figures(theirs)}`);
}
