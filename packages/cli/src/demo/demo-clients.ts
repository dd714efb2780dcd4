import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { S3Client } from "@aws-sdk/client-s3";
import { SageMakerClient } from "@aws-sdk/client-sagemaker";
import { SageMakerRuntimeClient } from "@aws-sdk/client-sagemaker-runtime";
import type { ExecSession } from "../client-environment.ts";

/** The AWS SDK's own clients, pointed at a server; nothing in them is Clary's. */
export interface DemoClients {
  readonly s3: S3Client;
  readonly sagemaker: SageMakerClient;
  readonly runtime: SageMakerRuntimeClient;
  readonly logs: CloudWatchLogsClient;
}

// The clients print a notice about their next major version on Node 20; it is not for whoever tries the demo.
process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] ??= "true";

export function demoClients(endpoint: string, session: ExecSession): DemoClients {
  const config = { endpoint, region: session.region, credentials: () => fetchCredentials(endpoint, session) };
  return {
    s3: new S3Client({ ...config, forcePathStyle: true }),
    sagemaker: new SageMakerClient(config),
    runtime: new SageMakerRuntimeClient(config),
    logs: new CloudWatchLogsClient(config),
  };
}

/** The credentials that containers get on AWS, by the same protocol. */
async function fetchCredentials(
  endpoint: string,
  session: ExecSession,
): Promise<{
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken: string;
  expiration: Date;
}> {
  const response = await fetch(endpoint + session.credentialsPath, {
    headers: { authorization: session.credentialsToken },
  });
  const body = (await response.json()) as {
    AccessKeyId: string;
    SecretAccessKey: string;
    Token: string;
    Expiration: string;
  };
  return {
    accessKeyId: body.AccessKeyId,
    secretAccessKey: body.SecretAccessKey,
    sessionToken: body.Token,
    expiration: new Date(body.Expiration),
  };
}
