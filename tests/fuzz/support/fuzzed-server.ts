import { CreateBucketCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { expect } from "vitest";
import { awsClients, type AwsClients } from "../../support/aws-clients.ts";
import { deploy } from "../../support/endpoints.ts";
import { treeMemoryMiB } from "../../support/process-table.ts";
import { startServer, type ServerUnderTest } from "../../support/server.ts";
import { train, trainingRows } from "../../support/training-jobs.ts";

export const bucket = "sagemaker-fuzz";
export const endpointName = "fuzz-endpoint";

/** A server with data, a model and an endpoint in service. */
export interface FuzzedServer {
  readonly server: ServerUnderTest;
  readonly clients: AwsClients;
  /** Address of an artifact that is good. */
  readonly modelData: string;
  /** What is wrong with it: it is unwell, noted failures of its own, or has grown by more than `growthMiB`. */
  harm(growthMiB: number): Promise<string[]>;
}

export async function startFuzzedServer(): Promise<FuzzedServer> {
  const server = await startServer();
  const clients = awsClients(server);
  await clients.s3.send(new CreateBucketCommand({ Bucket: bucket }));
  await clients.s3.send(new PutObjectCommand({ Bucket: bucket, Key: "train.csv", Body: trainingRows(200) }));
  const plan = { name: "fuzz-good", roleArn: server.executionRoleArn };
  const job = await train(clients.sagemaker, { ...plan, bucket, key: "train.csv" });
  const modelData = job.ModelArtifacts?.S3ModelArtifacts ?? "";
  const endpoint = await deploy(clients.sagemaker, { name: endpointName, roleArn: server.executionRoleArn, modelData });
  expect(endpoint.EndpointStatus).toBe("InService");
  const before = treeMemoryMiB(server.pid);
  return {
    server,
    clients,
    modelData,
    async harm(growthMiB) {
      const { status } = await fetch(`${server.endpoint}/_clary/health`);
      const growth = treeMemoryMiB(server.pid) - before;
      console.log(`memory grew by ${growth.toFixed(0)} MiB from ${before.toFixed(0)}`);
      return [
        ...(status === 200 ? [] : [`its health is ${status}`]),
        ...(server.errors() === "" ? [] : [`it wrote ${server.errors()}`]),
        ...(growth < growthMiB ? [] : [`it grew by ${growth} MiB`]),
      ];
    },
  };
}
