import { FilterLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { PutObjectCommand } from "@aws-sdk/client-s3";
import {
  CreateEndpointCommand,
  DeleteEndpointCommand,
  DeleteEndpointConfigCommand,
  DescribeEndpointCommand,
  DescribeEndpointConfigCommand,
  ListEndpointsCommand,
  waitUntilEndpointDeleted,
} from "@aws-sdk/client-sagemaker";
import { InvokeEndpointCommand } from "@aws-sdk/client-sagemaker-runtime";
import { describe, expect, it } from "vitest";
import { failureOf, image, sagemakerUnderTest } from "./support/sagemaker-under-test.ts";
import { archive, tinyRow } from "./support/tiny-model.ts";

const under = sagemakerUnderTest();

async function predict(endpoint: string): Promise<number> {
  const request = { EndpointName: endpoint, ContentType: "text/csv", Body: tinyRow.csv };
  const answer = await under.clients.runtime.send(new InvokeEndpointCommand(request));
  return Number(answer.Body.transformToString());
}

describe("an endpoint", () => {
  it("is in service, described, listed, and its name is free when its delete returns", async () => {
    const { sagemaker, arn } = under.clients;
    await under.deploy("Endpoint");
    expect(await sagemaker.send(new DescribeEndpointCommand({ EndpointName: "Endpoint" }))).toMatchObject({
      EndpointArn: `${arn}:endpoint/endpoint`,
      EndpointConfigName: "Endpoint",
      EndpointStatus: "InService",
      CreationTime: expect.any(Date),
      LastModifiedTime: expect.any(Date),
      ProductionVariants: [
        {
          VariantName: "AllTraffic",
          CurrentWeight: 1,
          CurrentInstanceCount: 1,
          DesiredInstanceCount: 1,
          DeployedImages: [{ SpecifiedImage: image, ResolvedImage: expect.stringMatching(/@sha256:[0-9a-f]{64}$/) }],
        },
      ],
    });
    const list = await sagemaker.send(new ListEndpointsCommand({ StatusEquals: "InService" }));
    expect(list.Endpoints?.map((endpoint) => endpoint.EndpointName)).toEqual(["Endpoint"]);
    expect(await predict("Endpoint")).toBe(tinyRow.prediction);

    const again = { EndpointName: "Endpoint", EndpointConfigName: "Endpoint" };
    expect(await failureOf(sagemaker.send(new CreateEndpointCommand(again)))).toMatchObject({
      code: "ValidationException",
      status: 400,
      message: `Cannot create already existing endpoint "${arn}:endpoint/endpoint".`,
    });
    await sagemaker.send(new DeleteEndpointCommand({ EndpointName: "Endpoint" }));
    await sagemaker.send(new CreateEndpointCommand(again));
    await under.inService("Endpoint");
    expect(await predict("Endpoint")).toBe(tinyRow.prediction);
    await sagemaker.send(new DeleteEndpointCommand({ EndpointName: "Endpoint" }));
    await waitUntilEndpointDeleted(
      { client: sagemaker, maxWaitTime: 5, minDelay: 0.05, maxDelay: 0.2 },
      { EndpointName: "Endpoint" },
    );
  });

  it("outlives its configuration, as the SDK deletes it first", async () => {
    const { sagemaker, arn } = under.clients;
    await under.deploy("Orphan");
    await sagemaker.send(new DeleteEndpointConfigCommand({ EndpointConfigName: "Orphan" }));
    expect(await predict("Orphan")).toBe(tinyRow.prediction);
    expect(
      await failureOf(sagemaker.send(new DescribeEndpointConfigCommand({ EndpointConfigName: "Orphan" }))),
    ).toMatchObject({
      code: "ValidationException",
      message: `Could not find endpoint configuration "${arn}:endpoint-config/orphan".`,
    });
    await sagemaker.send(new DeleteEndpointCommand({ EndpointName: "Orphan" }));
  });

  it("writes what its containers say to CloudWatch Logs", async () => {
    await under.deploy("Talker");
    const request = { logGroupName: "/aws/sagemaker/Endpoints/Talker", logStreamNamePrefix: "AllTraffic/i-" };
    await expect
      .poll(async () => (await under.clients.logs.send(new FilterLogEventsCommand(request))).events?.length ?? 0)
      .toBeGreaterThan(0);
  });

  it("fails with the reason when its artifact is no model, and can be deleted then", async () => {
    const { s3, sagemaker, server } = under.clients;
    const Body = await archive({ "xgboost-model": "no model" });
    await s3.send(new PutObjectCommand({ Bucket: under.bucket, Key: "bad/model.tar.gz", Body }));
    const PrimaryContainer = { Image: image, ModelDataUrl: `s3://${under.bucket}/bad/model.tar.gz` };
    await under.createModel("Bad", { PrimaryContainer, ExecutionRoleArn: server.executionRoleArn });
    await under.createConfig("Bad", "Bad");
    await sagemaker.send(new CreateEndpointCommand({ EndpointName: "Bad", EndpointConfigName: "Bad" }));
    await expect.poll(async () => (await descriptionOf("Bad")).EndpointStatus, { timeout: 20_000 }).toBe("Failed");
    expect((await descriptionOf("Bad")).FailureReason).toMatch(
      /^The primary container for production variant AllTraffic did not pass the ping health check\. Please check CloudWatch logs for this endpoint\. Last seen: the container ended with exit code 1\. .*model/,
    );
    await sagemaker.send(new DeleteEndpointCommand({ EndpointName: "Bad" }));
  });

  it("is not made without its configuration", async () => {
    const { sagemaker, arn } = under.clients;
    const request = { EndpointName: "None", EndpointConfigName: "None" };
    expect(await failureOf(sagemaker.send(new CreateEndpointCommand(request)))).toMatchObject({
      code: "ValidationException",
      message: `Could not find endpoint configuration "${arn}:endpoint-config/none".`,
    });
    expect(await failureOf(sagemaker.send(new DescribeEndpointCommand({ EndpointName: "None" })))).toMatchObject({
      code: "ValidationException",
      message: `Could not find endpoint "${arn}:endpoint/none".`,
    });
  });
});

function descriptionOf(
  name: string,
): Promise<{ EndpointStatus?: string | undefined; FailureReason?: string | undefined }> {
  return under.clients.sagemaker.send(new DescribeEndpointCommand({ EndpointName: name }));
}
