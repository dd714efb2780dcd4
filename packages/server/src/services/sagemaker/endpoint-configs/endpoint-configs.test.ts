import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { endpointFixture, image, modelData, roleArn, type EndpointFixture } from "../testing/endpoint-fixture.ts";

const arn = "arn:aws:sagemaker:us-east-1:123456789012";
const variant = { VariantName: "V", ModelName: "Model", InstanceType: "ml.m4.xlarge", InitialInstanceCount: 1 };
const config = { EndpointConfigName: "Config", ProductionVariants: [variant] };
let fixture: EndpointFixture;

beforeEach(async () => {
  fixture = await endpointFixture();
  const PrimaryContainer = { Image: image, ModelDataUrl: modelData };
  await fixture.call("CreateModel", { ModelName: "Model", ExecutionRoleArn: roleArn, PrimaryContainer });
});
afterEach(() => fixture.close());

describe("endpoint configurations", () => {
  it("keep every member, listed and deleted once", async () => {
    const request = {
      ...config,
      KmsKeyId: "key",
      DataCaptureConfig: {
        InitialSamplingPercentage: 50,
        DestinationS3Uri: "s3://b/dc",
        CaptureOptions: [{ CaptureMode: "Input" }],
      },
      AsyncInferenceConfig: { OutputConfig: { S3OutputPath: "s3://b/async" } },
    };
    expect(await fixture.call("CreateEndpointConfig", request)).toEqual({
      EndpointConfigArn: `${arn}:endpoint-config/config`,
    });
    const name = { EndpointConfigName: "Config" };
    expect(await fixture.call("DescribeEndpointConfig", name)).toEqual({
      ...request,
      ProductionVariants: [{ ...variant, InitialVariantWeight: 1 }],
      EnableNetworkIsolation: false,
      EndpointConfigArn: `${arn}:endpoint-config/config`,
      CreationTime: expect.any(Date),
    });
    expect(await fixture.call("ListEndpointConfigs", {})).toMatchObject({ EndpointConfigs: [name] });
    await expect(fixture.call("CreateEndpointConfig", request)).rejects.toMatchObject({
      code: "ValidationException",
      message: `Cannot create already existing endpoint configuration "${arn}:endpoint-config/config".`,
    });
    await fixture.call("DeleteEndpointConfig", name);
    for (const operation of ["DeleteEndpointConfig", "DescribeEndpointConfig"]) {
      await expect(fixture.call(operation, name)).rejects.toMatchObject({
        code: "ValidationException",
        message: `Could not find endpoint configuration "${arn}:endpoint-config/config".`,
      });
    }
  });

  it.each<readonly [string, object, string]>([
    ["a model that is not there", { ModelName: "None" }, `Could not find model "${arn}:model/none".`],
    [
      "no instance count",
      { InitialInstanceCount: undefined },
      'Production variant "V" must specify InitialInstanceCount together with InstanceType.',
    ],
    [
      "nothing to run on",
      { InstanceType: undefined },
      'Production variant "V" must specify exactly one of InstanceType, InstancePools and ServerlessConfig.',
    ],
    [
      "no traffic at all",
      { InitialVariantWeight: 0 },
      "At least one production variant must have an InitialVariantWeight greater than 0.",
    ],
  ])("refuse %s", async (_name, changes, message) => {
    const request = { ...config, ProductionVariants: [{ ...variant, ...changes }] };
    await expect(fixture.call("CreateEndpointConfig", request)).rejects.toMatchObject({
      code: "ValidationException",
      message,
    });
  });

  it("refuse two variants of one name, and shadows beside several variants", async () => {
    await expect(
      fixture.call("CreateEndpointConfig", { ...config, ProductionVariants: [variant, variant] }),
    ).rejects.toMatchObject({ message: 'The variant name "V" was non-unique within the request.' });
    const three = [variant, { ...variant, VariantName: "W" }, { ...variant, VariantName: "S" }];
    await expect(
      fixture.call("CreateEndpointConfig", {
        ...config,
        ProductionVariants: three.slice(0, 2),
        ShadowProductionVariants: three.slice(2),
      }),
    ).rejects.toMatchObject({
      message: expect.stringContaining("exactly one production variant and one shadow variant"),
    });
  });
});
