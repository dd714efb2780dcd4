import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { S3Client } from "@aws-sdk/client-s3";
import { SageMakerClient } from "@aws-sdk/client-sagemaker";
import { SageMakerRuntimeClient } from "@aws-sdk/client-sagemaker-runtime";
import type { ServerUnderTest } from "./server.ts";

/** Clients with the root key of a server. None of them retries: a test wants to see each answer. */
export interface AwsClients {
  readonly s3: S3Client;
  readonly sagemaker: SageMakerClient;
  readonly runtime: SageMakerRuntimeClient;
  readonly logs: CloudWatchLogsClient;
  /** Closes their connections. */
  destroy(): void;
}

export type ClientAddress = Pick<ServerUnderTest, "endpoint" | "region" | "accessKeyId" | "secretAccessKey">;

export function awsClients({ endpoint, region, accessKeyId, secretAccessKey }: ClientAddress): AwsClients {
  const options = { endpoint, region, credentials: { accessKeyId, secretAccessKey }, maxAttempts: 1 };
  const clients = {
    s3: new S3Client({ ...options, forcePathStyle: true }),
    sagemaker: new SageMakerClient(options),
    runtime: new SageMakerRuntimeClient(options),
    logs: new CloudWatchLogsClient(options),
  };
  return {
    ...clients,
    destroy() {
      for (const client of Object.values(clients)) {
        client.destroy();
      }
    },
  };
}
