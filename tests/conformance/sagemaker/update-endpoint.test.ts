import { DescribeEndpointCommand, UpdateEndpointCommand } from "@aws-sdk/client-sagemaker";
import { InvokeEndpointCommand } from "@aws-sdk/client-sagemaker-runtime";
import { describe, expect, it } from "vitest";
import { failureOf, sagemakerUnderTest } from "./support/sagemaker-under-test.ts";
import { tinyRow } from "./support/tiny-model.ts";

const under = sagemakerUnderTest();

describe("UpdateEndpoint", () => {
  it("changes what serves without failing one call", async () => {
    const { sagemaker, runtime, arn } = under.clients;
    await under.deploy("Endpoint");
    await under.createConfig("Next", "Endpoint", {
      ProductionVariants: [
        { VariantName: "Green", ModelName: "Endpoint", InstanceType: "ml.m4.xlarge", InitialInstanceCount: 2 },
      ],
    });
    const variants: (string | undefined)[] = [];
    let over = false;
    const calls = (async () => {
      while (!over) {
        const request = { EndpointName: "Endpoint", ContentType: "text/csv", Body: tinyRow.csv };
        const answer = await runtime.send(new InvokeEndpointCommand(request));
        expect(Number(answer.Body.transformToString())).toBe(tinyRow.prediction);
        variants.push(answer.InvokedProductionVariant);
      }
    })();
    const update = { EndpointName: "Endpoint", EndpointConfigName: "Next" };
    await sagemaker.send(new UpdateEndpointCommand(update));
    expect(await sagemaker.send(new DescribeEndpointCommand({ EndpointName: "Endpoint" }))).toMatchObject({
      EndpointStatus: "Updating",
      EndpointConfigName: "Endpoint",
      PendingDeploymentSummary: { EndpointConfigName: "Next", ProductionVariants: [{ VariantName: "Green" }] },
    });
    expect(await failureOf(sagemaker.send(new UpdateEndpointCommand(update)))).toMatchObject({
      code: "ValidationException",
      message: `Cannot update in-progress endpoint "${arn}:endpoint/endpoint".`,
    });
    await under.inService("Endpoint");
    const seen = variants.length;
    await expect.poll(() => variants.length).toBeGreaterThan(seen + 5);
    over = true;
    await calls;
    expect(variants[0]).toBe("AllTraffic");
    expect(variants.at(-1)).toBe("Green");
    expect(variants.lastIndexOf("AllTraffic")).toBeLessThan(variants.indexOf("Green"));
    expect(await sagemaker.send(new DescribeEndpointCommand({ EndpointName: "Endpoint" }))).toMatchObject({
      EndpointConfigName: "Next",
      ProductionVariants: [{ VariantName: "Green", CurrentInstanceCount: 2 }],
    });
  });
});
