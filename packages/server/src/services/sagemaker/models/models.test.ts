import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { endpointFixture, image, modelData, roleArn, type EndpointFixture } from "../testing/endpoint-fixture.ts";

const arn = "arn:aws:sagemaker:us-east-1:123456789012:model";
const container = { Image: image, ModelDataUrl: modelData };
const model = { ModelName: "Model", ExecutionRoleArn: roleArn, PrimaryContainer: container };
let fixture: EndpointFixture;

beforeEach(async () => {
  fixture = await endpointFixture();
});
afterEach(() => fixture.close());

describe("CreateModel", () => {
  it("keeps every member for DescribeModel, and no tags", async () => {
    const request = {
      ...model,
      PrimaryContainer: { ...container, ContainerHostname: "h", Environment: { A: "b" } },
      VpcConfig: { SecurityGroupIds: ["sg"], Subnets: ["s"] },
      EnableNetworkIsolation: true,
      Tags: [{ Key: "k", Value: "v" }],
    };
    expect(await fixture.call("CreateModel", request)).toEqual({ ModelArn: `${arn}/model` });
    const { Tags: tags, ...members } = request;
    expect(await fixture.call("DescribeModel", { ModelName: "Model" })).toEqual({
      ...members,
      PrimaryContainer: { Mode: "SingleModel", ...request.PrimaryContainer },
      ModelArn: `${arn}/model`,
      CreationTime: expect.any(Date),
    });
    expect(await fixture.call("ListTags", { ResourceArn: `${arn}/model` })).toEqual({ Tags: tags });
  });

  it("takes one container as a list, and data that is no archive", async () => {
    await fixture.objects.put("models", "plain/a", Buffer.from("1"));
    const source = { S3DataSource: { S3Uri: "s3://models/plain/", S3DataType: "S3Prefix", CompressionType: "None" } };
    const Containers = [{ Image: image, ModelDataSource: source }];
    await fixture.call("CreateModel", { ModelName: "Model", ExecutionRoleArn: roleArn, Containers });
    expect(await fixture.call("DescribeModel", { ModelName: "Model" })).toMatchObject({ Containers });
  });

  const denied = `Could not access model data at ${modelData}. Please ensure that the role "${roleArn}" exists`;
  it.each<readonly [string, object, string]>([
    [
      "a role that cannot be assumed",
      { ExecutionRoleArn: "arn:aws:iam::123456789012:role/none" },
      "Could not assume role arn:aws:iam::123456789012:role/none. Please ensure that the role exists and allows principal 'sagemaker.amazonaws.com' to assume the role.",
    ],
    [
      "no role",
      { ExecutionRoleArn: undefined },
      "1 validation error detected: Value null at 'executionRoleArn' failed to satisfy constraint: Member must not be null",
    ],
    [
      "an artifact that is not there",
      { PrimaryContainer: { Image: image, ModelDataUrl: "s3://models/none.tar.gz" } },
      "Could not find model data at s3://models/none.tar.gz.",
    ],
    [
      "an address that is none",
      { PrimaryContainer: { Image: image, ModelDataUrl: "https://example.com/model.tar.gz" } },
      'The model data address "https://example.com/model.tar.gz" is not an S3 address. It must look like s3://bucket/key.',
    ],
    [
      "an unknown image",
      { PrimaryContainer: { ...container, Image: "123.dkr.ecr.us-east-1.amazonaws.com/pytorch:1" } },
      `Could not pull image. Role ${roleArn} cannot pull 123.dkr.ecr.us-east-1.amazonaws.com/pytorch:1. Ensure that the role exists and the image was granted pull permission. Images available here: sagemaker-xgboost:1.7-1, xgboost:1.`,
    ],
    ["no image", { PrimaryContainer: { ModelDataUrl: modelData } }, "An Image must be specified for the container."],
    [
      "no container",
      { PrimaryContainer: undefined },
      "Exactly one of PrimaryContainer and Containers must be specified.",
    ],
    [
      "a pipeline",
      { PrimaryContainer: undefined, Containers: [container, container] },
      "Inference pipelines of several containers are not supported. Supported here: one container in mode SingleModel, with an Image and its model data.",
    ],
    [
      "a multi-model container",
      { PrimaryContainer: { ...container, Mode: "MultiModel" } },
      "Containers in mode MultiModel are not supported. Supported here: one container in mode SingleModel, with an Image and its model data.",
    ],
  ])("refuses %s", async (_name, changes, message) => {
    await expect(fixture.call("CreateModel", { ...model, ...changes })).rejects.toMatchObject({
      code: "ValidationException",
      message,
    });
  });

  it("refuses data that its role may not read", async () => {
    fixture.denied.add("s3:GetObject arn:aws:s3:::models/m/model.tar.gz");
    await expect(fixture.call("CreateModel", model)).rejects.toMatchObject({
      message: expect.stringContaining(denied),
    });
  });

  it("refuses a name that is taken, also of two at once", async () => {
    const message = `Cannot create already existing model "${arn}/model".`;
    const both = await Promise.allSettled([fixture.call("CreateModel", model), fixture.call("CreateModel", model)]);
    expect(both.map((one) => one.status).toSorted()).toEqual(["fulfilled", "rejected"]);
    await expect(fixture.call("CreateModel", model)).rejects.toMatchObject({ code: "ValidationException", message });
  });
});

describe("models", () => {
  it("can be listed and deleted, once", async () => {
    await fixture.call("CreateModel", model);
    await fixture.call("CreateModel", { ...model, ModelName: "Other" });
    expect(await fixture.call("ListModels", { NameContains: "odel" })).toEqual({
      Models: [{ ModelName: "Model", ModelArn: `${arn}/model`, CreationTime: expect.any(Date) }],
    });
    await fixture.call("DeleteModel", { ModelName: "Model" });
    for (const operation of ["DeleteModel", "DescribeModel"]) {
      await expect(fixture.call(operation, { ModelName: "Model" })).rejects.toMatchObject({
        code: "ValidationException",
        message: `Could not find model "${arn}/model".`,
      });
    }
    await expect(fixture.call("ListTags", { ResourceArn: `${arn}/model` })).rejects.toMatchObject({
      message: `Could not find resource "${arn}/model".`,
    });
  });
});
