import { afterEach, describe, expect, it } from "vitest";
import { deployEndpoint, endpointFixture, image, roleArn, type EndpointFixture } from "../testing/endpoint-fixture.ts";

const arn = "arn:aws:sagemaker:us-east-1:123456789012";
const named = { EndpointName: "Endpoint" };
const invocation = { ...named, ContentType: "text/csv", Body: Buffer.from("1,2") };
let fixture: EndpointFixture;

afterEach(() => fixture.close());

async function createConfig(name: string, changes: object = {}, members: object = {}): Promise<void> {
  const variant = {
    VariantName: "AllTraffic",
    ModelName: "Model",
    InstanceType: "ml.m4.xlarge",
    InitialInstanceCount: 1,
  };
  await fixture.call("CreateEndpointConfig", {
    EndpointConfigName: name,
    ProductionVariants: [{ ...variant, ...changes }],
    ...members,
  });
}

async function describeEndpoint(): Promise<Record<string, unknown>> {
  return fixture.call("DescribeEndpoint", named);
}

async function invoke(changes: object = {}): Promise<string> {
  return String((await fixture.call("InvokeEndpoint", { ...invocation, ...changes }))["Body"]);
}

describe("an endpoint", () => {
  it("serves what its container answers, and is gone when its delete returns", async () => {
    fixture = await endpointFixture();
    await deployEndpoint(fixture);
    expect(await describeEndpoint()).toMatchObject({
      EndpointArn: `${arn}:endpoint/endpoint`,
      EndpointStatus: "InService",
      EndpointConfigName: "Config",
      ProductionVariants: [
        {
          VariantName: "AllTraffic",
          CurrentInstanceCount: 1,
          DesiredInstanceCount: 1,
          CurrentWeight: 1,
          DesiredWeight: 1,
          DeployedImages: [
            {
              SpecifiedImage: image,
              ResolvedImage: expect.stringMatching(
                /^811284229777\.dkr\.ecr\.us-east-1\.amazonaws\.com\/xgboost@sha256:[0-9a-f]{64}$/,
              ),
              ResolutionTime: expect.any(Date),
            },
          ],
        },
      ],
    });
    expect(await invoke()).toBe("1: 1,2");
    expect(fixture.compute.hosts[0]?.workload).toMatchObject({
      id: expect.stringMatching(/^i-[0-9a-f]{17}$/),
      command: "serve",
      environment: { A: "b", AWS_REGION: "us-east-1" },
      files: [{ path: "model/xgboost-model", content: Buffer.from("the model") }],
    });

    await fixture.call("DeleteEndpoint", named);
    await expect(invoke()).rejects.toMatchObject({
      code: "ValidationError",
      message: "Endpoint Endpoint of account 123456789012 not found.",
    });
    await expect(describeEndpoint()).rejects.toMatchObject({
      code: "ValidationException",
      message: `Could not find endpoint "${arn}:endpoint/endpoint".`,
    });
    await fixture.call("CreateEndpoint", { ...named, EndpointConfigName: "Config" });
    await fixture.settled("Endpoint");
    expect(await invoke()).toBe("2: 1,2");
  });

  it("lets no call wait in vain while it comes up", async () => {
    fixture = await endpointFixture();
    let healthy = false;
    fixture.compute.behaviour.ping = () => (healthy ? 200 : 503);
    const deployed = deployEndpoint(fixture);
    while (fixture.compute.hosts.length === 0) {
      await new Promise((resolve) => setImmediate(resolve));
    }
    const waiting = invoke();
    expect((await describeEndpoint())["EndpointStatus"]).toBe("Creating");
    expect((await describeEndpoint())["PendingDeploymentSummary"]).toMatchObject({ EndpointConfigName: "Config" });
    await expect(fixture.call("DeleteEndpoint", named)).rejects.toMatchObject({
      code: "ValidationException",
      message: `Cannot update in-progress endpoint "${arn}:endpoint/endpoint".`,
    });
    healthy = true;
    await deployed;
    expect(await waiting).toBe("1: 1,2");
  });

  it("starts every instance of every variant and shares calls by weight", async () => {
    let chance = 0;
    fixture = await endpointFixture({ random: () => chance });
    await deployEndpoint(fixture, {
      ProductionVariants: [
        { VariantName: "A", ModelName: "Model", InstanceType: "t", InitialInstanceCount: 2, InitialVariantWeight: 1 },
        { VariantName: "B", ModelName: "Model", InstanceType: "t", InitialInstanceCount: 1, InitialVariantWeight: 3 },
      ],
    });
    expect(fixture.compute.hosts).toHaveLength(3);
    const chosen = async (random: number): Promise<unknown> => {
      chance = random;
      return (await fixture.call("InvokeEndpoint", invocation))["InvokedProductionVariant"];
    };
    expect([await chosen(0), await chosen(0.24), await chosen(0.26), await chosen(0.99)]).toEqual(["A", "A", "B", "B"]);
    expect(await fixture.call("InvokeEndpoint", { ...invocation, TargetVariant: "A" })).toMatchObject({
      InvokedProductionVariant: "A",
    });
    await expect(invoke({ TargetVariant: "C" })).rejects.toMatchObject({
      code: "ValidationError",
      message: "Variant C not found for Request",
    });
  });

  it("replaces a crashed host: its calls get the model error, all others an answer", async () => {
    fixture = await endpointFixture();
    await deployEndpoint(fixture);
    const [first] = fixture.compute.hosts;
    const answer = fixture.compute.behaviour.invoke;
    fixture.compute.behaviour.invoke = (_call, _response, host) => host.crash();
    await expect(invoke()).rejects.toMatchObject({
      code: "ModelError",
      status: 424,
      message: expect.stringMatching(
        /^Received server error \(0\) from primary with message "Amazon SageMaker could not get a response from the Endpoint endpoint\./,
      ),
      members: { OriginalStatusCode: 0 },
    });
    fixture.compute.behaviour.invoke = answer;
    expect(await invoke()).toBe("2: 1,2");
    expect(first?.removed).toBe(true);
    expect((await describeEndpoint())["EndpointStatus"]).toBe("InService");
    expect([...fixture.logs].find(([name]) => name.endsWith(first?.workload.id ?? "?"))?.[1]).toEqual([
      "The container ended unexpectedly; another one is started in its place.",
    ]);
  });

  it("comes back after a restart, and calls wait for it", async () => {
    fixture = await endpointFixture();
    await deployEndpoint(fixture);
    await fixture.call("DeleteEndpointConfig", { EndpointConfigName: "Config" });
    await fixture.call("DeleteModel", { ModelName: "Model" });
    await fixture.restart();
    expect(await invoke()).toBe("2: 1,2");
    expect((await describeEndpoint())["EndpointStatus"]).toBe("InService");
  });

  it("is out of service while a restarted server cannot bring it back", async () => {
    fixture = await endpointFixture();
    await deployEndpoint(fixture);
    const archive = await fixture.objects.open("models", "m/model.tar.gz");
    const bytes = await archive?.bytes();
    await fixture.objects.delete("models", "m/model.tar.gz");
    await fixture.restart();
    await expect(invoke()).rejects.toMatchObject({ code: "ValidationError" });
    await fixture.settled("Endpoint");
    expect(await describeEndpoint()).toMatchObject({
      EndpointStatus: "OutOfService",
      FailureReason:
        'Failed to download model data for container "container_1" from URL: "s3://models/m/model.tar.gz". Please ensure that there is an object located at the URL and that the role passed to CreateModel has permissions to download the model.',
    });
    await fixture.objects.put("models", "m/model.tar.gz", bytes ?? new Uint8Array());
    await createConfig("Next");
    await fixture.call("UpdateEndpoint", { ...named, EndpointConfigName: "Next" });
    await fixture.settled("Endpoint");
    expect(await invoke()).toBe("2: 1,2");
    expect(await describeEndpoint()).toMatchObject({ EndpointStatus: "InService", EndpointConfigName: "Next" });
    expect((await describeEndpoint())["FailureReason"]).toBeUndefined();
  });
});

describe("creating an endpoint fails with what a person can act on", () => {
  const create = async (): Promise<Record<string, unknown>> => {
    await deployEndpoint(fixture);
    const description = await describeEndpoint();
    expect(description["EndpointStatus"]).toBe("Failed");
    expect(fixture.compute.running).toEqual([]);
    await expect(invoke()).rejects.toMatchObject({ code: "ValidationError" });
    return description;
  };

  it("when the container ends before it is healthy", async () => {
    fixture = await endpointFixture();
    fixture.compute.behaviour.ping = () => 503;
    fixture.compute.behaviour.started = (host) => {
      void host.workload.onLine("Traceback");
      void host.workload.onLine("ValueError: no model");
      host.crash();
    };
    expect((await create())["FailureReason"]).toBe(
      "The primary container for production variant AllTraffic did not pass the ping health check. Please check CloudWatch logs for this endpoint. Last seen: the container ended with SIGKILL. Traceback | ValueError: no model",
    );
    await expect(fixture.call("UpdateEndpoint", { ...named, EndpointConfigName: "Config" })).rejects.toMatchObject({
      message: expect.stringContaining("can only be deleted"),
    });
    await fixture.call("DeleteEndpoint", named);
  });

  it("when the archive is none", async () => {
    fixture = await endpointFixture();
    await fixture.objects.put("models", "m/model.tar.gz", Buffer.from("not an archive"));
    expect((await create())["FailureReason"]).toBe(
      'Failed to extract model data archive for container "container_1" from URL "s3://models/m/model.tar.gz". Please ensure that the object located at the URL is a valid tar.gz archive (the archive is damaged: incorrect header check).',
    );
  });

  it("when the role is gone", async () => {
    fixture = await endpointFixture();
    fixture.compute.behaviour.ping = () => 200;
    const deploying = deployEndpoint(fixture, {}, () => fixture.denied.add(roleArn));
    await deploying;
    expect((await describeEndpoint())["FailureReason"]).toBe(
      `Could not assume role ${roleArn}. Please ensure that the role exists and allows principal 'sagemaker.amazonaws.com' to assume the role.`,
    );
  });
});

describe("UpdateEndpoint", () => {
  it("answers every call while the new hosts take over, and stops the old ones after theirs", async () => {
    fixture = await endpointFixture();
    await deployEndpoint(fixture);
    await createConfig("Next", { InitialInstanceCount: 2 });
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    const answer = fixture.compute.behaviour.invoke;
    fixture.compute.behaviour.invoke = (call, response, host) => void held.then(() => answer?.(call, response, host));
    const underway = invoke();
    await expect.poll(() => fixture.compute.hosts[0]?.calls.length).toBe(1);

    await fixture.call("UpdateEndpoint", { ...named, EndpointConfigName: "Next" });
    expect(await describeEndpoint()).toMatchObject({
      EndpointStatus: "Updating",
      EndpointConfigName: "Config",
      PendingDeploymentSummary: { EndpointConfigName: "Next" },
    });
    await expect(fixture.call("UpdateEndpoint", { ...named, EndpointConfigName: "Next" })).rejects.toMatchObject({
      message: `Cannot update in-progress endpoint "${arn}:endpoint/endpoint".`,
    });
    await fixture.settled("Endpoint");
    expect(await describeEndpoint()).toMatchObject({
      EndpointStatus: "InService",
      EndpointConfigName: "Next",
      ProductionVariants: [{ CurrentInstanceCount: 2 }],
    });
    expect(fixture.compute.running).toHaveLength(3);
    release();
    expect(await underway).toBe("1: 1,2");
    await expect.poll(() => fixture.compute.running.length).toBe(2);
    expect(fixture.compute.hosts[0]?.stoppedWith).toBe(30_000);
    expect(await invoke()).not.toBe("1: 1,2");
  });

  it("rolls back to what served when the new hosts do not come up", async () => {
    fixture = await endpointFixture();
    await deployEndpoint(fixture);
    await createConfig("Next");
    fixture.compute.behaviour.started = (host) => host.crash();
    await fixture.call("UpdateEndpoint", { ...named, EndpointConfigName: "Next" });
    await fixture.settled("Endpoint");
    expect(await describeEndpoint()).toMatchObject({
      EndpointStatus: "InService",
      EndpointConfigName: "Config",
      FailureReason: expect.stringContaining("did not pass the ping health check"),
    });
    expect(await invoke()).toBe("1: 1,2");
  });

  it("keeps weights and counts when it is told to, but for what is excluded", async () => {
    fixture = await endpointFixture();
    await deployEndpoint(fixture);
    await createConfig("Next", { InitialInstanceCount: 2, InitialVariantWeight: 5 });
    await fixture.call("UpdateEndpoint", {
      ...named,
      EndpointConfigName: "Next",
      RetainAllVariantProperties: true,
      ExcludeRetainedVariantProperties: [{ VariantPropertyType: "DesiredWeight" }],
    });
    await fixture.settled("Endpoint");
    expect(await describeEndpoint()).toMatchObject({
      ProductionVariants: [{ CurrentInstanceCount: 1, CurrentWeight: 5 }],
    });
  });

  it("goes on with an update that a restart interrupted", async () => {
    fixture = await endpointFixture();
    await deployEndpoint(fixture);
    await createConfig("Next");
    fixture.compute.behaviour.ping = () => 503;
    await fixture.call("UpdateEndpoint", { ...named, EndpointConfigName: "Next" });
    await fixture.restart();
    fixture.compute.behaviour.ping = () => 200;
    await fixture.settled("Endpoint");
    expect(await describeEndpoint()).toMatchObject({ EndpointStatus: "InService", EndpointConfigName: "Next" });
  });
});

describe("what cannot be made", () => {
  it("is refused in AWS's words", async () => {
    fixture = await endpointFixture();
    await deployEndpoint(fixture);
    const create = { ...named, EndpointConfigName: "Config" };
    await expect(fixture.call("CreateEndpoint", create)).rejects.toMatchObject({
      message: `Cannot create already existing endpoint "${arn}:endpoint/endpoint".`,
    });
    await expect(
      fixture.call("CreateEndpoint", { EndpointName: "Other", EndpointConfigName: "None" }),
    ).rejects.toMatchObject({ message: `Could not find endpoint configuration "${arn}:endpoint-config/none".` });
    await expect(
      fixture.call("UpdateEndpoint", { EndpointName: "X", EndpointConfigName: "Config" }),
    ).rejects.toMatchObject({ message: `Could not find endpoint "${arn}:endpoint/x".` });
  });

  it("names the member that stands in the way", async () => {
    fixture = await endpointFixture();
    await deployEndpoint(fixture);
    await fixture.call("CreateEndpointConfig", {
      EndpointConfigName: "Serverless",
      ProductionVariants: [
        { VariantName: "V", ModelName: "Model", ServerlessConfig: { MemorySizeInMB: 2048, MaxConcurrency: 5 } },
      ],
    });
    await expect(
      fixture.call("CreateEndpoint", { EndpointName: "Other", EndpointConfigName: "Serverless" }),
    ).rejects.toMatchObject({
      code: "ValidationException",
      message: expect.stringContaining(
        'The endpoint configuration "Serverless" cannot be deployed: ServerlessConfig is not supported.',
      ),
    });
    await expect(
      fixture.call("UpdateEndpoint", {
        ...named,
        EndpointConfigName: "Config",
        DeploymentConfig: { BlueGreenUpdatePolicy: { TrafficRoutingConfiguration: { Type: "CANARY" } } },
      }),
    ).rejects.toMatchObject({ message: expect.stringContaining("of type CANARY is not supported") });
  });
});

describe("ListEndpoints", () => {
  it("filters and pages, and refuses a token of its own making only", async () => {
    fixture = await endpointFixture();
    await deployEndpoint(fixture);
    await fixture.call("CreateEndpoint", { EndpointName: "Second", EndpointConfigName: "Config" });
    await fixture.settled("Second");
    const page = await fixture.call("ListEndpoints", { SortBy: "Name", SortOrder: "Ascending", MaxResults: 1 });
    expect(page["Endpoints"]).toMatchObject([{ EndpointName: "Endpoint", EndpointStatus: "InService" }]);
    const next = await fixture.call("ListEndpoints", {
      SortBy: "Name",
      SortOrder: "Ascending",
      MaxResults: 1,
      NextToken: page["NextToken"],
    });
    expect(next["Endpoints"]).toMatchObject([{ EndpointName: "Second" }]);
    expect(next["NextToken"]).toBeUndefined();
    expect((await fixture.call("ListEndpoints", { StatusEquals: "Failed" }))["Endpoints"]).toEqual([]);
    await expect(fixture.call("ListEndpoints", { NextToken: "x" })).rejects.toMatchObject({
      code: "ValidationException",
      message: "Invalid pagination token.",
    });
  });
});

describe("a server that is just starting", () => {
  it("forgets an endpoint that is deleted, and updates one that is updated, before it was read", async () => {
    fixture = await endpointFixture();
    await deployEndpoint(fixture);
    await createConfig("Next");
    await fixture.call("CreateEndpoint", { EndpointName: "Second", EndpointConfigName: "Config" });
    await fixture.settled("Second");
    await fixture.restart(async () => {
      await fixture.call("DeleteEndpoint", { EndpointName: "Second" });
      await fixture.call("UpdateEndpoint", { ...named, EndpointConfigName: "Next" });
    });
    await fixture.settled("Endpoint");
    expect(await describeEndpoint()).toMatchObject({ EndpointStatus: "InService", EndpointConfigName: "Next" });
    await expect.poll(() => fixture.compute.running.length).toBe(1);
    await expect(invoke({ EndpointName: "Second" })).rejects.toMatchObject({ code: "ValidationError" });
  });
});
