import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { CreateBucketCommand, DeleteObjectCommand, PutObjectCommand, S3ServiceException } from "@aws-sdk/client-s3";
import { CreateTrainingJobCommand } from "@aws-sdk/client-sagemaker";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { awsClients, type AwsClients } from "../support/aws-clients.ts";
import { startServer, type ServerUnderTest } from "../support/server.ts";
import { skipWithout } from "../support/skip-without.ts";
import { mountSmallDisk } from "../support/small-disk.ts";
import { train, trainingEnd, trainingRequest, trainingRows } from "../support/training-jobs.ts";
import { checkObjects } from "./support/check-objects.ts";
import { bytesNamed, Ledger, versionOf } from "./support/ledger.ts";

const disk = mountSmallDisk(48);
const skip = skipWithout(disk !== undefined, "no file system may be mounted here", "run the tests as root");
const bucket = "full";
const jobBucket = "sagemaker-full";

describe.skipIf(skip)("a data directory on a disk that is full", () => {
  const ledger = new Ledger();
  let server: ServerUnderTest;
  let clients: AwsClients;

  const start = async (): Promise<void> => {
    server = await startServer({ dataDirectory: join(disk?.path ?? "", "data"), ephemeral: false });
    clients = awsClients(server);
  };
  beforeAll(async () => {
    await start();
    await clients.s3.send(new CreateBucketCommand({ Bucket: bucket }));
    await clients.s3.send(new CreateBucketCommand({ Bucket: jobBucket }));
    await clients.s3.send(new PutObjectCommand({ Bucket: jobBucket, Key: "train.csv", Body: trainingRows(200) }));
  });
  afterAll(async () => {
    await server.stop();
    disk?.remove();
  });

  const plan = (name: string): Parameters<typeof trainingRequest>[0] => ({
    name,
    roleArn: server.executionRoleArn,
    bucket: jobBucket,
    key: "train.csv",
  });

  /** Puts objects of a size until one is refused, and resolves with what that was refused with. */
  async function fill(size: number): Promise<S3ServiceException> {
    for (let count = 0; count < 100_000; count++) {
      const Key = `${size}/${count}`;
      const Body = bytesNamed(Key, size);
      try {
        await ledger.write(Key, versionOf(Body), () =>
          clients.s3.send(new PutObjectCommand({ Bucket: bucket, Key, Body })),
        );
      } catch (error) {
        if (error instanceof S3ServiceException) {
          ledger.settle(Key, "absent");
          return error;
        }
        throw error;
      }
    }
    throw new Error("the disk never fills");
  }

  it("refuses what does not fit, in S3's words", async () => {
    for (const size of [1_000_000, 60_000, 2_000]) {
      const { name, message, $metadata } = await fill(size);
      expect([name, message, $metadata.httpStatusCode]).toEqual([
        "InternalError",
        "We encountered an internal error. Please try again. There is no space left for the data directory.",
        500,
      ]);
    }
    expect(await checkObjects(clients.s3, bucket, ledger, () => true)).toEqual([]);
  });

  it("goes on serving what it has, and fails jobs as the platform's", async () => {
    expect((await fetch(`${server.endpoint}/_clary/health`)).status).toBe(200);
    await clients.sagemaker.send(new CreateTrainingJobCommand(trainingRequest(plan("while-full"))));
    const job = await trainingEnd(clients.sagemaker, "while-full");
    expect(job.TrainingJobStatus).toBe("Failed");
    expect(job.FailureReason).toMatch(/^InternalServerError: .*There is no space left for the data directory\./);
  });

  it("survives that others leave it not one byte", async () => {
    const filler = join(disk?.path ?? "", "filler");
    await expect(writeFile(filler, Buffer.alloc(48_000_000))).rejects.toThrow("ENOSPC");
    expect((await fill(2_000)).name).toBe("InternalError");
    expect(await checkObjects(clients.s3, bucket, ledger, () => true)).toEqual([]);
    await rm(filler);
  });

  it("recovers when there is room again", async () => {
    for (const key of ledger.keys().filter((each) => each.startsWith("1000000/"))) {
      await ledger.write(key, "absent", () => clients.s3.send(new DeleteObjectCommand({ Bucket: bucket, Key: key })));
    }
    const Body = bytesNamed("again", 500_000);
    await ledger.write("again", versionOf(Body), () =>
      clients.s3.send(new PutObjectCommand({ Bucket: bucket, Key: "again", Body })),
    );
    const job = await train(clients.sagemaker, plan("with-room"));
    expect([job.TrainingJobStatus, job.FailureReason]).toEqual(["Completed", undefined]);
  });

  it("starts again from it", async () => {
    await server.stop();
    await start();
    expect(await checkObjects(clients.s3, bucket, ledger, () => true)).toEqual([]);
  });
});
