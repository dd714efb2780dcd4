// The main path once through the AWS SDK for JavaScript, version 3. Prints what it saw as one line of JSON.
//   node javascript-tour.js BUCKET NAME
// The SDK reads AWS_ENDPOINT_URL, but no proxy variable: whoever needs one gives it an agent, as here.
import { request } from "node:http";
import { Agent } from "node:https";
import { connect } from "node:tls";
import { CloudWatchLogsClient, FilterLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { GetRoleCommand, IAMClient } from "@aws-sdk/client-iam";
import {
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import {
  CreateEndpointCommand,
  CreateEndpointConfigCommand,
  CreateModelCommand,
  CreateTrainingJobCommand,
  DeleteEndpointCommand,
  DeleteEndpointConfigCommand,
  DeleteModelCommand,
  DescribeModelCommand,
  DescribeTrainingJobCommand,
  SageMakerClient,
  waitUntilEndpointInService,
  waitUntilTrainingJobCompletedOrStopped,
} from "@aws-sdk/client-sagemaker";
import { InvokeEndpointCommand, SageMakerRuntimeClient } from "@aws-sdk/client-sagemaker-runtime";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";

const [bucket = "", name = ""] = process.argv.slice(2);
const image = "683313688378.dkr.ecr.us-east-1.amazonaws.com/sagemaker-xgboost:1.7-1";
const proxy = process.env["HTTPS_PROXY"];

/** Connections through the proxy's CONNECT, and from there TLS as ever. */
class TunnelAgent extends Agent {
  /** @type {Agent["createConnection"]} */
  createConnection(options, opened) {
    const { hostname, port, username, password } = new URL(proxy ?? "");
    const authorization = `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`;
    const path = `${options.host}:${options.port}`;
    const tunnel = request({
      method: "CONNECT",
      hostname,
      port,
      path,
      headers: { "proxy-authorization": authorization },
    });
    tunnel.once("connect", (_answer, socket) =>
      opened?.(null, connect({ ...options, socket, servername: options.host ?? "" })),
    );
    tunnel.once("error", (error) => opened?.(error, /** @type {never} */ (undefined)));
    tunnel.end();
    return undefined;
  }
}

const options = proxy === undefined ? {} : { requestHandler: { httpsAgent: new TunnelAgent({ keepAlive: true }) } };
const s3 = new S3Client({ ...options, forcePathStyle: proxy === undefined });
const sagemaker = new SageMakerClient(options);
const runtime = new SageMakerRuntimeClient(options);
const iam = new IAMClient(options);
const logs = new CloudWatchLogsClient(options);
const waiter = { client: sagemaker, maxWaitTime: 60, minDelay: 0.05, maxDelay: 0.2 };

/** @param {Promise<unknown>} call */
async function errorOf(call) {
  try {
    await call;
  } catch (error) {
    const { name: code, message, $metadata } = /** @type {Error & { $metadata: { httpStatusCode: number } }} */ (error);
    return [$metadata.httpStatusCode, code, message];
  }
  return undefined;
}

/** @param {string} url */
async function fetchText(url) {
  if (proxy === undefined) {
    return (await fetch(url)).text();
  }
  // Signed for the real host: whoever opens it there goes through the proxy.
  const { response } = await s3.config.requestHandler.handle(/** @type {never} */ (requestOf(new URL(url))));
  return new Response(/** @type {ReadableStream} */ (response.body)).text();
}

/** @param {URL} url */
function requestOf(url) {
  const query = Object.fromEntries(url.searchParams);
  return {
    method: "GET",
    protocol: url.protocol,
    hostname: url.hostname,
    path: url.pathname,
    query,
    headers: { host: url.host },
  };
}

const identity = (await new STSClient(options).send(new GetCallerIdentityCommand({}))).Arn ?? "";

// Objects
await s3.send(new CreateBucketCommand({ Bucket: bucket }));
const numbers = [...Array(10).keys()];
const rows = numbers.flatMap((a) => numbers.map((b) => `${2 * a + b},${a},${b}\n`)).join("");
const object = { Bucket: bucket, Key: "train/rows + more.csv" };
await s3.send(new PutObjectCommand({ ...object, Body: rows, Metadata: { kind: "rows" } }));
const got = await s3.send(new GetObjectCommand(object));
const same = (await got.Body?.transformToString()) === rows;
const presigned = (await fetchText(await getSignedUrl(s3, new GetObjectCommand(object)))) === rows;

// Training
const roleName = identity.split("/")[1];
const role = (await iam.send(new GetRoleCommand({ RoleName: roleName }))).Role?.Arn;
await sagemaker.send(
  new CreateTrainingJobCommand({
    TrainingJobName: name,
    RoleArn: role,
    AlgorithmSpecification: { TrainingImage: image, TrainingInputMode: "File" },
    ResourceConfig: { InstanceCount: 1, InstanceType: "ml.m4.xlarge", VolumeSizeInGB: 5 },
    StoppingCondition: { MaxRuntimeInSeconds: 600 },
    OutputDataConfig: { S3OutputPath: `s3://${bucket}/out` },
    HyperParameters: { objective: "reg:squarederror", num_round: "20", eta: "0.5" },
    InputDataConfig: [
      {
        ChannelName: "train",
        ContentType: "text/csv",
        DataSource: { S3DataSource: { S3DataType: "S3Prefix", S3Uri: `s3://${bucket}/train/` } },
      },
    ],
  }),
);
await waitUntilTrainingJobCompletedOrStopped(waiter, { TrainingJobName: name });
const job = await sagemaker.send(new DescribeTrainingJobCommand({ TrainingJobName: name }));
const group = { logGroupName: "/aws/sagemaker/TrainingJobs", logStreamNamePrefix: `${name}/` };
const { events = [] } = await logs.send(new FilterLogEventsCommand(group));

// Serving
const PrimaryContainer = { Image: image, ModelDataUrl: job.ModelArtifacts?.S3ModelArtifacts };
await sagemaker.send(new CreateModelCommand({ ModelName: name, ExecutionRoleArn: role, PrimaryContainer }));
const variant = { VariantName: "AllTraffic", ModelName: name, InstanceType: /** @type {const} */ ("ml.m4.xlarge") };
const ProductionVariants = [{ ...variant, InitialInstanceCount: 1 }];
await sagemaker.send(new CreateEndpointConfigCommand({ EndpointConfigName: name, ProductionVariants }));
await sagemaker.send(new CreateEndpointCommand({ EndpointName: name, EndpointConfigName: name }));
const { state } = await waitUntilEndpointInService(waiter, { EndpointName: name });
const invocation = { EndpointName: name, ContentType: "text/csv", Body: "3,4" };
const answer = await runtime.send(new InvokeEndpointCommand(invocation));

// Errors, and the end
const errors = {
  no_such_key: await errorOf(s3.send(new GetObjectCommand({ Bucket: bucket, Key: "absent" }))),
  no_such_role: await errorOf(iam.send(new GetRoleCommand({ RoleName: "absent" }))),
  no_such_endpoint: await errorOf(runtime.send(new InvokeEndpointCommand({ ...invocation, EndpointName: "absent" }))),
  no_such_group: await errorOf(logs.send(new FilterLogEventsCommand({ logGroupName: "/absent" }))),
};
await sagemaker.send(new DeleteEndpointCommand({ EndpointName: name }));
await sagemaker.send(new DeleteEndpointConfigCommand({ EndpointConfigName: name }));
await sagemaker.send(new DeleteModelCommand({ ModelName: name }));
const deleted = await errorOf(sagemaker.send(new DescribeModelCommand({ ModelName: name })));
const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: bucket }));
const Objects = Contents.map(({ Key }) => ({ Key }));
await s3.send(new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects } }));
await s3.send(new DeleteBucketCommand({ Bucket: bucket }));

const seen = {
  identity,
  role,
  object: { same, metadata: got.Metadata },
  presigned,
  training: { status: job.TrainingJobStatus, artifact: job.ModelArtifacts?.S3ModelArtifacts },
  rounds_logged: events.filter(({ message }) => message?.includes("#011train-rmse:")).length,
  endpoint: state,
  invocation: {
    prediction: Number(answer.Body.transformToString()),
    content_type: answer.ContentType,
    variant: answer.InvokedProductionVariant,
  },
  ...errors,
  deleted,
};
console.log(JSON.stringify(seen));
