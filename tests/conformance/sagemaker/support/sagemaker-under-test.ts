import { randomUUID } from "node:crypto";
import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { CreateBucketCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import {
  CreateEndpointCommand,
  CreateEndpointConfigCommand,
  CreateModelCommand,
  SageMakerClient,
  waitUntilEndpointInService,
} from "@aws-sdk/client-sagemaker";
import { SageMakerRuntimeClient } from "@aws-sdk/client-sagemaker-runtime";
import { afterAll, beforeAll } from "vitest";
import { startServer, type ServerUnderTest } from "../../../support/server.ts";
import { tinyModelArchive } from "./tiny-model.ts";

export const image = "683313688378.dkr.ecr.us-east-1.amazonaws.com/sagemaker-xgboost:1.7-1";

type ConfigRequest = ConstructorParameters<typeof CreateEndpointConfigCommand>[0];

/** A server and clients with its root key. */
export interface Clients {
  readonly server: ServerUnderTest;
  readonly sagemaker: SageMakerClient;
  readonly runtime: SageMakerRuntimeClient;
  readonly logs: CloudWatchLogsClient;
  readonly s3: S3Client;
  /** `arn:aws:sagemaker:<region>:<account>`. */
  readonly arn: string;
}

/** SageMaker as its clients see it, with a bucket that holds a model. */
export interface SageMakerUnderTest {
  /** Read it inside tests only. */
  readonly clients: Clients;
  readonly bucket: string;
  readonly modelData: string;
  createModel(name: string, changes?: object): Promise<void>;
  /** Of one variant `AllTraffic` with one instance, unless `changes` say otherwise. */
  createConfig(name: string, model: string, changes?: Partial<ConfigRequest>): Promise<void>;
  /** A model, a configuration and an endpoint, all of that name, in service. */
  deploy(name: string, changes?: Partial<ConfigRequest>): Promise<void>;
  inService(name: string): Promise<void>;
}

/** Starts a server for the tests of a file. */
export function sagemakerUnderTest(): SageMakerUnderTest {
  // The execution role may use buckets that carry this name, and no others.
  const bucket = `sagemaker-${randomUUID()}`;
  const modelData = `s3://${bucket}/tiny/model.tar.gz`;
  let clients: Clients | undefined;

  beforeAll(async () => {
    clients = clientsOf(await startServer());
    await clients.s3.send(new CreateBucketCommand({ Bucket: bucket }));
    const Body = await tinyModelArchive();
    await clients.s3.send(new PutObjectCommand({ Bucket: bucket, Key: "tiny/model.tar.gz", Body }));
  });
  afterAll(async () => {
    await clients?.server.stop();
  });

  const under: SageMakerUnderTest = {
    bucket,
    modelData,
    get clients() {
      if (clients === undefined) {
        throw new Error("the server is not started yet");
      }
      return clients;
    },
    async createModel(name, changes = {}) {
      const { sagemaker, server } = under.clients;
      const PrimaryContainer = { Image: image, ModelDataUrl: modelData };
      const request = { ModelName: name, ExecutionRoleArn: server.executionRoleArn, PrimaryContainer };
      await sagemaker.send(new CreateModelCommand({ ...request, ...changes }));
    },
    async createConfig(name, model, changes = {}) {
      const variant = { VariantName: "AllTraffic", ModelName: model, InitialInstanceCount: 1 };
      const ProductionVariants = [{ ...variant, InstanceType: "ml.m4.xlarge" as const }];
      const request = { EndpointConfigName: name, ProductionVariants, ...changes };
      await under.clients.sagemaker.send(new CreateEndpointConfigCommand(request));
    },
    async deploy(name, changes = {}) {
      await under.createModel(name);
      await under.createConfig(name, name, changes);
      const request = { EndpointName: name, EndpointConfigName: name };
      await under.clients.sagemaker.send(new CreateEndpointCommand(request));
      await under.inService(name);
    },
    async inService(name) {
      const waiter = { client: under.clients.sagemaker, maxWaitTime: 60, minDelay: 0.05, maxDelay: 0.2 };
      await waitUntilEndpointInService(waiter, { EndpointName: name });
    },
  };
  return under;
}

function clientsOf(server: ServerUnderTest): Clients {
  const { endpoint, region, accessKeyId, secretAccessKey } = server;
  const options = { endpoint, region, credentials: { accessKeyId, secretAccessKey }, maxAttempts: 1 };
  return {
    server,
    sagemaker: new SageMakerClient(options),
    runtime: new SageMakerRuntimeClient(options),
    logs: new CloudWatchLogsClient(options),
    s3: new S3Client({ ...options, forcePathStyle: true }),
    arn: `arn:aws:sagemaker:${region}:${server.accountId}`,
  };
}

/** What a call failed with, as a client sees it. */
export async function failureOf(call: Promise<unknown>): Promise<Record<string, unknown>> {
  try {
    await call;
  } catch (error) {
    const { name, message, $metadata, ...members } = error as Error & { $metadata?: { httpStatusCode?: number } };
    return { ...members, code: name, message, status: $metadata?.httpStatusCode };
  }
  throw new Error("the call succeeded");
}
