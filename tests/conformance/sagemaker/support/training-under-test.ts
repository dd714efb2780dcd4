import { PutObjectCommand } from "@aws-sdk/client-s3";
import {
  CreateTrainingJobCommand,
  type CreateTrainingJobCommandInput,
  type DescribeTrainingJobCommandOutput,
} from "@aws-sdk/client-sagemaker";
import { FilterLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { trainingEnd, trainingRequest } from "../../../support/training-jobs.ts";
import { sagemakerUnderTest, type SageMakerUnderTest } from "./sagemaker-under-test.ts";

export type Job = DescribeTrainingJobCommandOutput;
export type JobChanges = Partial<CreateTrainingJobCommandInput>;

/** A hundred rows of 2a + b, a, b: a few rounds learn them. */
export const rows: string = Array.from({ length: 100 }, (_, i) => {
  const [a, b] = [Math.floor(i / 10), i % 10];
  return `${2 * a + b},${a},${b}\n`;
}).join("");

/** SageMaker with a way to train; job and data go by one name. */
export interface TrainingUnderTest extends SageMakerUnderTest {
  put(key: string, body: string | Uint8Array): Promise<void>;
  /** The request for a job that learns `rows`, which lie at `rows/rows.csv`. */
  request(name: string, changes?: JobChanges): CreateTrainingJobCommandInput;
  create(name: string, changes?: JobChanges): Promise<string | undefined>;
  ended(name: string): Promise<Job>;
  train(name: string, changes?: JobChanges): Promise<Job>;
  /** Every line that the job wrote, of all its hosts. */
  logLines(name: string): Promise<readonly string[]>;
  /** A channel that reads below `prefix`. */
  channel(name: string, prefix: string, changes?: Partial<Channel>): Channel;
}

export type Channel = NonNullable<CreateTrainingJobCommandInput["InputDataConfig"]>[number];

/** Starts a server for the tests of a file. */
export function trainingUnderTest(): TrainingUnderTest {
  const base = sagemakerUnderTest();
  const under: TrainingUnderTest = Object.create(base, {});
  return Object.assign(under, {
    async put(Key: string, Body: string | Uint8Array) {
      await base.clients.s3.send(new PutObjectCommand({ Bucket: base.bucket, Key, Body }));
    },
    request(name: string, changes: JobChanges = {}) {
      const { executionRoleArn: roleArn } = base.clients.server;
      return trainingRequest({ name, roleArn, bucket: base.bucket, key: "rows/rows.csv", changes });
    },
    async create(name: string, changes?: JobChanges) {
      await under.put("rows/rows.csv", rows);
      const created = await base.clients.sagemaker.send(new CreateTrainingJobCommand(under.request(name, changes)));
      return created.TrainingJobArn;
    },
    ended: (name: string) => trainingEnd(base.clients.sagemaker, name),
    async train(name: string, changes?: JobChanges) {
      await under.create(name, changes);
      return under.ended(name);
    },
    async logLines(name: string) {
      const request = { logGroupName: "/aws/sagemaker/TrainingJobs", logStreamNamePrefix: `${name}/` };
      const { events = [] } = await base.clients.logs.send(new FilterLogEventsCommand(request));
      return events.map(({ message = "" }) => message);
    },
    channel(ChannelName: string, prefix: string, changes: Partial<Channel> = {}) {
      const S3DataSource = { S3DataType: "S3Prefix" as const, S3Uri: `s3://${base.bucket}/${prefix}` };
      return { ChannelName, ContentType: "text/csv", DataSource: { S3DataSource }, ...changes };
    },
  } satisfies Omit<TrainingUnderTest, keyof SageMakerUnderTest>);
}
