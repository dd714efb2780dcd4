// The Boston split and the SageMaker calls that several scenarios begin with, through the AWS SDK.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { CreateBucketCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import {
  CreateEndpointCommand,
  CreateEndpointConfigCommand,
  CreateModelCommand,
  CreateTrainingJobCommand,
  DescribeEndpointCommand,
  DescribeTrainingJobCommand,
  SageMakerClient,
} from "@aws-sdk/client-sagemaker";
import { repository } from "./servers.js";

process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] = "true";

export const image = "811284229777.dkr.ecr.us-east-1.amazonaws.com/xgboost:1";

/** The rows of the data set: 13 features and the value last. @returns {number[][]} */
export function bostonRows() {
  const text = readFileSync(join(repository, "examples/boston-housing/boston-house-prices.csv"), "utf8");
  return text
    .trim()
    .split("\n")
    .slice(2)
    .map((row) => row.split(",").map(Number));
}

/** Writes train.csv and validation.csv, label first. @param {string} directory */
export function writeBoston(directory) {
  const lines = bostonRows().map((row) => [row.at(-1), ...row.slice(0, -1)].join(","));
  const files = { train: join(directory, "train.csv"), validation: join(directory, "validation.csv") };
  writeFileSync(files.train, lines.filter((_, index) => index % 3 !== 0).join("\n") + "\n");
  writeFileSync(files.validation, lines.filter((_, index) => index % 3 === 0).join("\n") + "\n");
  return files;
}

/** @param {{ endpoint: string, region: string, accessKeyId: string, secretAccessKey: string }} server */
export function clients({ endpoint, region, accessKeyId, secretAccessKey }) {
  const config = { endpoint, region, credentials: { accessKeyId, secretAccessKey } };
  return { s3: new S3Client({ ...config, forcePathStyle: true }), sagemaker: new SageMakerClient(config) };
}

/** @param {ReturnType<typeof clients>} clientsOfServer @param {{ train: string, validation: string }} files */
export async function uploadBoston({ s3 }, files) {
  await s3.send(new CreateBucketCommand({ Bucket: "sagemaker-bench" }));
  for (const [name, path] of Object.entries(files)) {
    await s3.send(
      new PutObjectCommand({ Bucket: "sagemaker-bench", Key: `boston/${name}.csv`, Body: readFileSync(path) }),
    );
  }
}

/** Submits one training job and resolves when it is Completed. @param {ReturnType<typeof clients>} clientsOfServer @param {string} name @param {string} roleArn */
export async function trainBoston({ sagemaker }, name, roleArn) {
  await sagemaker.send(
    new CreateTrainingJobCommand({
      TrainingJobName: name,
      RoleArn: roleArn,
      AlgorithmSpecification: { TrainingImage: image, TrainingInputMode: "File" },
      ResourceConfig: { InstanceCount: 1, InstanceType: "ml.m4.xlarge", VolumeSizeInGB: 5 },
      StoppingCondition: { MaxRuntimeInSeconds: 86_400 },
      OutputDataConfig: { S3OutputPath: "s3://sagemaker-bench/output" },
      HyperParameters: {
        max_depth: "5",
        eta: "0.2",
        gamma: "4",
        min_child_weight: "6",
        subsample: "0.8",
        objective: "reg:linear",
        early_stopping_rounds: "10",
        num_round: "200",
      },
      InputDataConfig: ["train", "validation"].map((ChannelName) => ({
        ChannelName,
        ContentType: "csv",
        DataSource: {
          S3DataSource: {
            S3DataType: "S3Prefix",
            S3Uri: `s3://sagemaker-bench/boston/${ChannelName}.csv`,
            S3DataDistributionType: "FullyReplicated",
          },
        },
      })),
    }),
  );
  for (;;) {
    const job = await sagemaker.send(new DescribeTrainingJobCommand({ TrainingJobName: name }));
    if (job.TrainingJobStatus === "Completed") {
      return String(job.ModelArtifacts?.S3ModelArtifacts);
    }
    if (job.TrainingJobStatus !== "InProgress") {
      throw new Error(`${name} ended ${job.TrainingJobStatus}: ${job.FailureReason}`);
    }
    await delay(10);
  }
}

/** Puts a model behind an endpoint; resolves with the seconds from CreateEndpoint to InService. @param {ReturnType<typeof clients>} clientsOfServer @param {{ name: string, roleArn: string, artifact: string }} model */
export async function deploy({ sagemaker }, { name, roleArn, artifact }) {
  await sagemaker.send(
    new CreateModelCommand({
      ModelName: name,
      ExecutionRoleArn: roleArn,
      PrimaryContainer: { Image: image, ModelDataUrl: artifact },
    }),
  );
  const variant = {
    VariantName: "AllTraffic",
    ModelName: name,
    InstanceType: /** @type {const} */ ("ml.m4.xlarge"),
    InitialInstanceCount: 1,
  };
  await sagemaker.send(new CreateEndpointConfigCommand({ EndpointConfigName: name, ProductionVariants: [variant] }));
  const begin = performance.now();
  await sagemaker.send(new CreateEndpointCommand({ EndpointName: name, EndpointConfigName: name }));
  for (;;) {
    const { EndpointStatus, FailureReason } = await sagemaker.send(new DescribeEndpointCommand({ EndpointName: name }));
    if (EndpointStatus === "InService") {
      return (performance.now() - begin) / 1000;
    }
    if (EndpointStatus !== "Creating") {
      throw new Error(`${name} is ${EndpointStatus}: ${FailureReason}`);
    }
    await delay(5);
  }
}
