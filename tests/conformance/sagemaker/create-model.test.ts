import {
  CreateModelCommand,
  DeleteModelCommand,
  DescribeModelCommand,
  ListModelsCommand,
} from "@aws-sdk/client-sagemaker";
import { describe, expect, it } from "vitest";
import { failureOf, image, sagemakerUnderTest } from "./support/sagemaker-under-test.ts";

const under = sagemakerUnderTest();

describe("models", () => {
  it("are described as they were created, listed, and deleted once", async () => {
    const { sagemaker, server, arn } = under.clients;
    const PrimaryContainer = { Image: image, ModelDataUrl: under.modelData, Environment: { A: "b" } };
    const request = { ModelName: "Model", ExecutionRoleArn: server.executionRoleArn, PrimaryContainer };
    expect((await sagemaker.send(new CreateModelCommand(request))).ModelArn).toBe(`${arn}:model/model`);
    expect(await sagemaker.send(new DescribeModelCommand({ ModelName: "Model" }))).toMatchObject({
      ...request,
      ModelArn: `${arn}:model/model`,
      CreationTime: expect.any(Date),
      EnableNetworkIsolation: false,
    });
    expect(await failureOf(sagemaker.send(new CreateModelCommand(request)))).toMatchObject({
      code: "ValidationException",
      status: 400,
      message: `Cannot create already existing model "${arn}:model/model".`,
    });
    const listed = await sagemaker.send(new ListModelsCommand({ NameContains: "ODEL" }));
    expect(listed.Models?.map((model) => model.ModelName)).toEqual(["Model"]);
    await sagemaker.send(new DeleteModelCommand({ ModelName: "Model" }));
    expect(await failureOf(sagemaker.send(new DeleteModelCommand({ ModelName: "Model" })))).toMatchObject({
      code: "ValidationException",
      message: `Could not find model "${arn}:model/model".`,
    });
  });

  it.each<readonly [string, object, string]>([
    [
      "names that AWS does not take",
      { ModelName: "no_underscore" },
      "1 validation error detected: Value 'no_underscore' at 'modelName' failed to satisfy constraint: Member must satisfy regular expression pattern: ^[a-zA-Z0-9]([\\-a-zA-Z0-9]*[a-zA-Z0-9])?",
    ],
    [
      "roles that do not exist",
      { ExecutionRoleArn: "arn:aws:iam::123456789012:role/none" },
      "Could not assume role arn:aws:iam::123456789012:role/none. Please ensure that the role exists and allows principal 'sagemaker.amazonaws.com' to assume the role.",
    ],
    [
      "data that is not there",
      { PrimaryContainer: { Image: image, ModelDataUrl: "s3://sagemaker-none/model.tar.gz" } },
      "Could not find model data at s3://sagemaker-none/model.tar.gz.",
    ],
  ])("refuse %s", async (_name, changes, message) => {
    expect(await failureOf(under.createModel("Refused", changes))).toMatchObject({
      code: "ValidationException",
      status: 400,
      message,
    });
  });

  it("list the images there are when one is unknown", async () => {
    const Image = "123456789012.dkr.ecr.us-east-1.amazonaws.com/own:1";
    expect(await failureOf(under.createModel("Refused", { PrimaryContainer: { Image } }))).toMatchObject({
      code: "ValidationException",
      message: expect.stringMatching(/cannot pull 123456789012.*Images available here: .*xgboost:1/),
    });
  });
});
