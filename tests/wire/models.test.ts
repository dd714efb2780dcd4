import { existsSync, readFileSync } from "node:fs";
import { checkConstraints, type ServiceIndexFile } from "@clary/wire";
import { describe, expect, it } from "vitest";
import { loadModel } from "./testing/models.ts";
import { gatedServices } from "./testing/services.ts";

const folder = new URL("../../packages/server/models/", import.meta.url);

function complaint(service: string, operation: string, input: object): { code: string; message: string } | undefined {
  const model = loadModel(service).operations.get(operation);
  if (model === undefined) {
    throw new Error(`${service} has no ${operation}`);
  }
  try {
    checkConstraints(model, input);
    return undefined;
  } catch (error) {
    const { code, message } = error as { code: string; message: string };
    return { code, message };
  }
}

describe("the generated models", () => {
  it("have an index that routes without them", () => {
    const index = JSON.parse(readFileSync(new URL("index.json", folder), "utf8")) as ServiceIndexFile;
    expect(index.services.map(({ id }) => id)).toEqual(gatedServices.map(({ id }) => id));
    for (const entry of index.services) {
      expect(existsSync(new URL(`${entry.id}.json`, folder))).toBe(true);
      expect([...loadModel(entry.id).operations.keys()]).toEqual(entry.operations);
    }
    expect(index.services.find(({ id }) => id === "cloudwatch")).toMatchObject({
      protocols: ["rpcv2Cbor", "awsJson1_0", "awsQuery"],
      targetPrefix: "GraniteServiceVersion20100801",
      signingName: "monitoring",
      endpointPrefixes: ["monitoring"],
      apiVersion: "2010-08-01",
    });
  });

  it("name no member as a property that every object has", () => {
    const inherited = new Set(Object.getOwnPropertyNames(Object.prototype));
    for (const { id } of gatedServices) {
      const text = readFileSync(new URL(`${id}.json`, folder), "utf8");
      const names = [...text.matchAll(/"name":"([^"]+)"/g)].map((match) => match[1] ?? "");
      expect(names.filter((name) => inherited.has(name))).toEqual([]);
    }
  });

  it("know what streams, what is unsigned, and what needs a checksum", () => {
    expect(loadModel("s3").operations.get("PutObject")).toMatchObject({ streamsInput: true, streamsOutput: false });
    expect(loadModel("s3").operations.get("GetObject")).toMatchObject({ streamsInput: false, streamsOutput: true });
    expect(loadModel("s3").operations.get("DeleteObjects")?.checksumRequired).toBe(true);
    expect(loadModel("sts").operations.get("AssumeRoleWithWebIdentity")?.unsigned).toBe(true);
    expect(loadModel("logs").operations.get("StartLiveTail")).toMatchObject({
      eventStreamOutput: true,
      hostPrefix: "stream-",
    });
  });
});

/** Messages as they were seen from AWS, in reports of users. */
describe("the constraints of the models, in AWS's words", () => {
  it.each<[string, string, object, string]>([
    [
      "sagemaker",
      "DescribeTrainingJob",
      { TrainingJobName: "basic_zenml" },
      "ValidationException: 1 validation error detected: Value 'basic_zenml' at 'trainingJobName' failed to satisfy constraint: Member must satisfy regular expression pattern: ^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}",
    ],
    [
      "sagemaker",
      "DescribeTrainingJob",
      { TrainingJobName: "a".repeat(64) },
      `ValidationException: 2 validation errors detected: Value '${"a".repeat(64)}' at 'trainingJobName' failed to satisfy constraint: Member must satisfy regular expression pattern: ^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}; Value '${"a".repeat(64)}' at 'trainingJobName' failed to satisfy constraint: Member must have length less than or equal to 63`,
    ],
    [
      "sagemaker",
      "CreateModel",
      {},
      "ValidationException: 1 validation error detected: Value null at 'modelName' failed to satisfy constraint: Member must not be null",
    ],
    [
      "sagemaker-runtime",
      "InvokeEndpoint",
      { EndpointName: "a_b", Body: Buffer.of() },
      "ValidationError: 1 validation error detected: Value 'a_b' at 'endpointName' failed to satisfy constraint: Member must satisfy regular expression pattern: ^[a-zA-Z0-9](-*[a-zA-Z0-9])*",
    ],
    [
      "iam",
      "TagUser",
      { UserName: "u", Tags: [{ Key: "a", Value: "b, c" }] },
      "ValidationError: 1 validation error detected: Value 'b, c' at 'tags.1.member.value' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*",
    ],
    [
      "logs",
      "CreateLogGroup",
      { logGroupName: "a b" },
      "InvalidParameterException: 1 validation error detected: Value 'a b' at 'logGroupName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\.\\-_/#A-Za-z0-9]+",
    ],
  ])("%s %s %j", (service, operation, input, text) => {
    const { code, message } = complaint(service, operation, input) ?? {};
    expect(`${code}: ${message}`).toBe(text);
  });

  it("of hyperparameters", () => {
    const found = complaint("sagemaker", "CreateTrainingJob", {
      TrainingJobName: "a",
      RoleArn: "arn:aws:iam::123456789012:role/service-role/AmazonSageMaker-ExecutionRole",
      OutputDataConfig: { S3OutputPath: "s3://b/p" },
      HyperParameters: { columns: "x".repeat(2501), eta: "0.2" },
    });
    expect(found?.message).toBe(
      `1 validation error detected: Value '{columns=${"x".repeat(2501)}, eta=0.2}' at 'hyperParameters' failed to satisfy constraint: Map value must satisfy constraint: [Member must have length less than or equal to 2500, Member must have length greater than or equal to 0, Member must satisfy regular expression pattern: .*]`,
    );
  });
});
