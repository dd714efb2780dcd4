import {
  CreateEndpointConfigCommand,
  DeleteEndpointConfigCommand,
  DescribeEndpointConfigCommand,
  ListEndpointConfigsCommand,
  type ProductionVariant,
} from "@aws-sdk/client-sagemaker";
import { beforeAll, describe, expect, it } from "vitest";
import { failureOf, sagemakerUnderTest } from "./support/sagemaker-under-test.ts";

const under = sagemakerUnderTest();
beforeAll(() => under.createModel("model"));

const variant = (changes: Partial<ProductionVariant> = {}): ProductionVariant => ({
  VariantName: "AllTraffic",
  ModelName: "model",
  InstanceType: "ml.m4.xlarge",
  InitialInstanceCount: 1,
  ...changes,
});

function create(EndpointConfigName: string, ...ProductionVariants: ProductionVariant[]) {
  return under.clients.sagemaker.send(new CreateEndpointConfigCommand({ EndpointConfigName, ProductionVariants }));
}

describe("CreateEndpointConfig", () => {
  it("is described as it was created, listed, made once and deleted once", async () => {
    const { sagemaker, arn } = under.clients;
    const variants = [variant({ InitialVariantWeight: 3 }), variant({ VariantName: "Other" })];
    expect((await create("Config", ...variants)).EndpointConfigArn).toBe(`${arn}:endpoint-config/config`);
    const described = await sagemaker.send(new DescribeEndpointConfigCommand({ EndpointConfigName: "Config" }));
    expect(described).toMatchObject({
      EndpointConfigName: "Config",
      EndpointConfigArn: `${arn}:endpoint-config/config`,
      CreationTime: expect.any(Date),
      ProductionVariants: [
        variant({ InitialVariantWeight: 3 }),
        variant({ VariantName: "Other", InitialVariantWeight: 1 }),
      ],
    });
    expect(await failureOf(create("Config", variant()))).toMatchObject({
      code: "ValidationException",
      status: 400,
      message: `Cannot create already existing endpoint configuration "${arn}:endpoint-config/config".`,
    });
    const list = await sagemaker.send(new ListEndpointConfigsCommand({ NameContains: "conf" }));
    expect(list.EndpointConfigs?.map(({ EndpointConfigName }) => EndpointConfigName)).toEqual(["Config"]);
    const removal = new DeleteEndpointConfigCommand({ EndpointConfigName: "Config" });
    await sagemaker.send(removal);
    expect(await failureOf(sagemaker.send(removal))).toMatchObject({
      code: "ValidationException",
      message: `Could not find endpoint configuration "${arn}:endpoint-config/config".`,
    });
  });

  it.each<readonly [string, () => Promise<unknown>, () => unknown]>([
    [
      "a model that is not there",
      () => create("refused", variant({ ModelName: "absent" })),
      () => `Could not find model "${under.clients.arn}:model/absent".`,
    ],
    [
      "an instance type that is none, by its place in the list",
      () => create("refused", variant({ InstanceType: "ml.none.xlarge" as "ml.m4.xlarge" })),
      () =>
        expect.stringMatching(
          /^1 validation error detected: Value 'ml\.none\.xlarge' at 'productionVariants\.1\.member\.instanceType' failed to satisfy constraint: Member must satisfy enum value set: \[.*ml\.m4\.xlarge.*\]$/,
        ),
    ],
    [
      "a weight below zero",
      () => create("refused", variant(), variant({ VariantName: "b", InitialVariantWeight: -0.5 })),
      () =>
        "1 validation error detected: Value '-0.5' at 'productionVariants.2.member.initialVariantWeight' failed to satisfy constraint: Member must have value greater than or equal to 0",
    ],
    [
      "no variant",
      () => create("refused"),
      () =>
        "1 validation error detected: Value '[]' at 'productionVariants' failed to satisfy constraint: Member must have length greater than or equal to 1",
    ],
    [
      "one name for two variants",
      () => create("refused", variant(), variant()),
      () => expect.stringMatching(/AllTraffic|unique/),
    ],
  ])("refuses %s", async (_name, call, message) => {
    expect(await failureOf(call())).toMatchObject({ code: "ValidationException", status: 400, message: message() });
  });
});
