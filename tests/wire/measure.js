// How long the hot paths of the wire take. Run after a build: node tests/wire/measure.js
import { readFileSync } from "node:fs";
import {
  checkConstraints,
  loadServiceModel,
  parseInput,
  readSignature,
  routeRest,
  serialiseOutput,
  sha256Hex,
  signRequest,
  verifySignature,
} from "@clary/wire";

const ROUNDS = 15;

/**
 * @param {string} title
 * @param {number} target microseconds
 * @param {() => unknown} work
 */
function measure(title, target, work) {
  const started = performance.now();
  let count = 0;
  while (performance.now() - started < 100) {
    work();
    count++;
  }
  const repeats = Math.max(1, Math.round(count / 10));
  const times = Array.from({ length: ROUNDS }, () => {
    const from = performance.now();
    for (let i = 0; i < repeats; i++) {
      work();
    }
    return ((performance.now() - from) * 1000) / repeats;
  }).sort((a, b) => a - b);
  const [best = 0] = times;
  const median = times[Math.floor(ROUNDS / 2)] ?? 0;
  console.log(`${title.padEnd(44)} ${median.toFixed(1).padStart(8)} µs  best ${best.toFixed(1)}  target ${target}`);
}

/** @param {string} id */
function load(id) {
  const file = new URL(`../../packages/server/models/${id}.json`, import.meta.url);
  return loadServiceModel(JSON.parse(readFileSync(file, "utf8")));
}

const sagemaker = load("sagemaker");
const s3 = load("s3");

/**
 * @param {import("@clary/wire").ServiceModel} model
 * @param {string} name
 */
function operation(model, name) {
  const found = model.operations.get(name);
  if (found === undefined) {
    throw new Error(`${model.id} has no ${name}`);
  }
  return found;
}

const job = {
  TrainingJobName: "xgboost-2026-11-20-06-00-00-000",
  RoleArn: "arn:aws:iam::123456789012:role/service-role/AmazonSageMaker-ExecutionRole",
  AlgorithmSpecification: {
    TrainingImage: "123456789012.dkr.ecr.us-east-1.amazonaws.com/xgboost:1",
    TrainingInputMode: "File",
  },
  HyperParameters: {
    max_depth: "5",
    eta: "0.2",
    gamma: "4",
    min_child_weight: "6",
    subsample: "0.8",
    num_round: "200",
  },
  InputDataConfig: [
    {
      ChannelName: "train",
      DataSource: { S3DataSource: { S3DataType: "S3Prefix", S3Uri: "s3://b/train" } },
      ContentType: "csv",
    },
  ],
  OutputDataConfig: { S3OutputPath: "s3://b/out" },
  ResourceConfig: { InstanceType: "ml.m4.xlarge", InstanceCount: 1, VolumeSizeInGB: 10 },
  StoppingCondition: { MaxRuntimeInSeconds: 86_400 },
};
const body = Buffer.from(JSON.stringify(job));
const create = operation(sagemaker, "CreateTrainingJob");
const request = { method: "POST", path: "/", query: "", headers: {}, body };
const input = parseInput(create, "awsJson1_1", request);
measure("parse CreateTrainingJob", 12, () => parseInput(create, "awsJson1_1", request));
measure("check CreateTrainingJob", 12, () => checkConstraints(create, input));

const list = operation(s3, "ListObjectsV2");
const listing = {
  IsTruncated: false,
  Name: "b",
  MaxKeys: 1000,
  KeyCount: 1000,
  Contents: Array.from({ length: 1000 }, (_, i) => ({
    Key: `some/prefix/of/a/key-${String(i).padStart(6, "0")}.csv`,
    LastModified: new Date(1_700_000_000_000),
    ETag: '"d41d8cd98f00b204e9800998ecf8427e"',
    Size: i,
    StorageClass: "STANDARD",
  })),
};
measure("write ListObjectsV2, 1000 keys", 1900, () => serialiseOutput(list, "restXml", listing, "id"));

const listRequest = { method: "GET", path: "/b", query: "list-type=2&prefix=a%2Fb&delimiter=%2F", headers: {} };
const getRequest = { method: "GET", path: "/b/some/key.csv", query: "", headers: {} };
measure("route ListObjectsV2", 2, () => routeRest(s3, listRequest));
measure("route GetObject", 2, () => routeRest(s3, getRequest));

const credentials = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret" };
const headers = signRequest(
  {
    ...request,
    headers: {
      host: "127.0.0.1:8080",
      "content-type": "application/x-amz-json-1.1",
      "x-amz-target": "SageMaker.CreateTrainingJob",
      "amz-sdk-invocation-id": "0d9b9d1c-0000-0000-0000-000000000000",
      "amz-sdk-request": "attempt=1; max=3",
      "x-amz-user-agent": "aws-sdk-js/3.1142.0",
    },
  },
  body,
  { ...credentials, region: "us-east-1", service: "sagemaker", now: new Date() },
);
const signed = { ...request, headers };
measure("read and verify a signature, body hashed", 20, () => {
  const signature = readSignature(signed);
  if (signature === undefined || !verifySignature(signature, credentials.secretAccessKey, signed, sha256Hex(body))) {
    throw new Error("the signature does not hold");
  }
});
