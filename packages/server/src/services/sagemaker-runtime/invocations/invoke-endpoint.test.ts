import { describe, expect, it } from "vitest";
import { manualClock } from "../../../platform/clock/manual-clock.ts";
import { callContext } from "../../sagemaker/testing/call-context.ts";
import type { InvokeEndpointAnswer, InvokeEndpointRequest } from "../api.ts";
import {
  defaultInvocationSettings,
  type CapturedCall,
  type EndpointRoute,
  type HostAnswer,
  type HostCall,
  type VariantRoute,
} from "../deps.ts";
import { sagemakerRuntimeService } from "../service.ts";

const body = (text: string): Uint8Array => new TextEncoder().encode(text);
const see =
  ". See https://us-east-1.console.aws.amazon.com/cloudwatch/home?region=us-east-1#logEventViewer:group=/aws/sagemaker/Endpoints/Endpoint in account 123456789012 for more information.";

function answering(answer: HostAnswer, calls: HostCall[] = []): VariantRoute {
  return {
    name: "AllTraffic",
    weight: 1,
    local: undefined,
    async invoke(call) {
      calls.push(call);
      return answer;
    },
  };
}

function answered(text: string, headers: Record<string, string> = {}, status = 200): HostAnswer {
  return { outcome: "answered", status, headers: { "content-type": "text/csv", ...headers }, body: body(text) };
}

async function invoke(
  variant: VariantRoute,
  changes: Partial<InvokeEndpointRequest> = {},
  capture?: EndpointRoute["capture"],
): Promise<InvokeEndpointAnswer> {
  const route: EndpointRoute = { variants: [variant], totalWeight: variant.weight, capture };
  const service = sagemakerRuntimeService({
    endpoints: { find: (_scope, name) => (name === "Endpoint" ? route : undefined) },
    clock: manualClock(new Date(0)),
    random: () => 0,
    settings: defaultInvocationSettings,
  });
  const input = { EndpointName: "Endpoint", Body: body("1,2"), ...changes };
  const operation = service.operations.get("InvokeEndpoint");
  return (await operation?.run(input, callContext())) as InvokeEndpointAnswer;
}

describe("InvokeEndpoint", () => {
  it("hands the documented headers to the container, and back from it", async () => {
    const calls: HostCall[] = [];
    const back = {
      "x-amzn-sagemaker-custom-attributes": "back",
      "x-amzn-sagemaker-new-session-id": "s; Expires=2026-01-01T00:00:00Z",
      "x-amzn-sagemaker-closed-session-id": "old",
      "x-internal": "never shown",
    };
    const answer = await invoke(answering(answered("3", back), calls), {
      ContentType: "text/csv",
      Accept: "text/csv",
      CustomAttributes: "there",
      TargetVariant: "AllTraffic",
      InferenceId: "id",
      SessionId: "NEW_SESSION",
    });
    expect(calls[0]).toMatchObject({
      headers: {
        "content-type": "text/csv",
        accept: "text/csv",
        "x-amzn-sagemaker-custom-attributes": "there",
        "x-amzn-sagemaker-target-variant": "AllTraffic",
        "x-amzn-sagemaker-inference-id": "id",
        "x-amzn-sagemaker-session-id": "NEW_SESSION",
      },
      body: body("1,2"),
      timeoutMs: 60_000,
    });
    expect(answer).toEqual({
      Body: body("3"),
      ContentType: "text/csv",
      InvokedProductionVariant: "AllTraffic",
      CustomAttributes: "back",
      NewSessionId: "s; Expires=2026-01-01T00:00:00Z",
      ClosedSessionId: "old",
    });
  });

  it.each<readonly [HostAnswer, number, string, string]>([
    [answered("bad row", {}, 415), 415, "bad row", 'Received client error (415) from primary with message "bad row"'],
    [answered("boom", {}, 500), 500, "boom", 'Received server error (500) from primary with message "boom"'],
    [
      { outcome: "timed-out" },
      0,
      "Your invocation timed out while waiting for a response from container primary. Review the latency metrics for each container in Amazon CloudWatch, resolve the issue, and try again.",
      'Received server error (0) from primary with message "Your invocation timed out while waiting for a response from container primary. Review the latency metrics for each container in Amazon CloudWatch, resolve the issue, and try again."',
    ],
    [
      { outcome: "too-large", status: 200 },
      200,
      "",
      "Received server error (200) from primary and could not load the entire response body",
    ],
  ])("answers ModelError for %j", async (answer, OriginalStatusCode, OriginalMessage, received) => {
    await expect(invoke(answering(answer))).rejects.toMatchObject({
      code: "ModelError",
      status: 424,
      message: received + see,
      members: {
        OriginalStatusCode,
        OriginalMessage,
        LogStreamArn: "arn:aws:logs:us-east-1:123456789012:log-group:/aws/sagemaker/Endpoints/Endpoint",
      },
    });
  });

  it("quotes at most a kilobyte of what the container said", async () => {
    const error: unknown = await invoke(answering(answered("é".repeat(5000), {}, 400))).catch(
      (caught: unknown) => caught,
    );
    expect((error as Error).message).toContain(`"${"é".repeat(1024)}"`);
    expect((error as Error).message.length).toBeLessThan(2048);
  });

  it.each<readonly [Partial<InvokeEndpointRequest>, string]>([
    [{ EndpointName: "None" }, "Endpoint None of account 123456789012 not found."],
    [{ TargetVariant: "V" }, "Variant V not found for Request"],
    [
      { TargetModel: "m.tar.gz" },
      "Endpoint Endpoint is not a multi-model endpoint and does not support target model header.",
    ],
    [
      { Body: new Uint8Array(25 * 1024 ** 2 + 1) },
      "1 validation error detected: Value at 'body' failed to satisfy constraint: Member must have length less than or equal to 26214400",
    ],
  ])("refuses what no endpoint here takes", async (changes, message) => {
    await expect(invoke(answering(answered("")), changes)).rejects.toMatchObject({ code: "ValidationError", message });
  });

  it("answers small requests with the model itself and leaves the others to a host", async () => {
    const local: VariantRoute = {
      ...answering(answered("from the host")),
      local: {
        invoke: ({ contentType, accept, body: input }) => ({
          status: 200,
          contentType: "text/csv; charset=utf-8",
          body: body(`${contentType}|${accept}|${new TextDecoder().decode(input)}`),
        }),
      },
    };
    const here = await invoke(local, { ContentType: "text/csv" });
    expect(String(Buffer.from(here.Body ?? []))).toBe("text/csv||1,2");
    const large = await invoke(local, { Body: new Uint8Array(16 * 1024 + 1) });
    expect(String(Buffer.from(large.Body ?? []))).toBe("from the host");
  });

  it("leaves to a host what the model refuses, since its log says why", async () => {
    const refusing: VariantRoute = {
      ...answering(answered("the host's reason", {}, 415)),
      local: { invoke: () => ({ status: 415, contentType: "text/html", body: body("the same reason") }) },
    };
    await expect(invoke(refusing)).rejects.toMatchObject({
      code: "ModelError",
      message: `Received client error (415) from primary with message "the host's reason"${see}`,
    });
  });

  it("shows calls that were answered to the endpoint's capture", async () => {
    const captured: CapturedCall[] = [];
    const capture = { capture: (call: CapturedCall) => void captured.push(call) };
    await invoke(
      answering(answered("3")),
      { ContentType: "text/csv", InferenceId: "i", CustomAttributes: "c" },
      capture,
    );
    await invoke(answering(answered("no", {}, 500)), {}, capture).catch(() => undefined);
    expect(captured).toEqual([
      {
        variantName: "AllTraffic",
        time: callContext().now,
        request: { contentType: "text/csv", body: body("1,2") },
        response: { contentType: "text/csv", body: body("3") },
        inferenceId: "i",
        customAttributes: "c",
      },
    ]);
  });

  it("waits for an endpoint that is coming up, for as long as a container may take to answer", async () => {
    const clock = manualClock(new Date(0));
    const service = sagemakerRuntimeService({
      endpoints: { find: () => new Promise(() => undefined) },
      clock,
      random: () => 0,
      settings: defaultInvocationSettings,
    });
    const waiting = service.operations
      .get("InvokeEndpoint")
      ?.run({ EndpointName: "Endpoint", Body: body("") }, callContext());
    clock.advance(60_000);
    await expect(waiting).rejects.toMatchObject({
      code: "ModelNotReadyException",
      status: 429,
      message: "Endpoint Endpoint is still loading its model. Wait and try your request again.",
    });
  });

  it("needs sagemaker:InvokeEndpoint on the endpoint", () => {
    const service = sagemakerRuntimeService({
      endpoints: { find: () => undefined },
      clock: manualClock(new Date(0)),
      random: () => 0,
      settings: defaultInvocationSettings,
    });
    expect(
      service.operations
        .get("InvokeEndpoint")
        ?.permissions({ EndpointName: "Endpoint", Body: body("") }, callContext()),
    ).toEqual([
      { action: "sagemaker:InvokeEndpoint", resource: "arn:aws:sagemaker:us-east-1:123456789012:endpoint/endpoint" },
    ]);
  });
});
