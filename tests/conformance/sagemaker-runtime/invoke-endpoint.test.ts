import { GetObjectCommand, ListObjectsV2Command } from "@aws-sdk/client-s3";
import { DeleteEndpointCommand } from "@aws-sdk/client-sagemaker";
import { InvokeEndpointCommand, type InvokeEndpointCommandInput } from "@aws-sdk/client-sagemaker-runtime";
import { describe, expect, it } from "vitest";
import { failureOf, sagemakerUnderTest } from "../sagemaker/support/sagemaker-under-test.ts";
import { tinyRow } from "../sagemaker/support/tiny-model.ts";

const under = sagemakerUnderTest();

async function invoke(changes: Partial<InvokeEndpointCommandInput> = {}): Promise<string> {
  const request = { EndpointName: "Endpoint", ContentType: "text/csv", Body: tinyRow.csv, ...changes };
  return (await under.clients.runtime.send(new InvokeEndpointCommand(request))).Body.transformToString();
}

describe("InvokeEndpoint", () => {
  it("answers small and large requests alike", async () => {
    await under.deploy("Endpoint");
    const rows = (count: number): string => Array.from({ length: count }, () => tinyRow.csv).join("\n");
    for (const count of [1, 100, 50_000]) {
      const answer = (await invoke({ Body: rows(count) })).split(/[\n,]/).filter((value) => value !== "");
      expect(answer).toHaveLength(count);
      expect(new Set(answer.map(Number))).toEqual(new Set([tinyRow.prediction]));
    }
    const answer = await under.clients.runtime.send(
      new InvokeEndpointCommand({ EndpointName: "Endpoint", ContentType: "text/csv", Body: tinyRow.csv }),
    );
    expect(answer).toMatchObject({
      ContentType: expect.stringContaining("text/csv"),
      InvokedProductionVariant: "AllTraffic",
    });
  });

  it("takes more than the 6 MiB that the API model names", async () => {
    const row = `${tinyRow.csv}\n`;
    const answer = await invoke({ Body: row.repeat((7 * 1024 ** 2) / row.length) });
    expect(answer.length).toBeGreaterThan(1024 ** 2);
  });

  it("answers ModelError with what the model said", async () => {
    const { region, accountId } = under.clients.server;
    const group = "/aws/sagemaker/Endpoints/Endpoint";
    expect(await failureOf(invoke({ ContentType: "image/png" }))).toMatchObject({
      code: "ModelError",
      status: 424,
      OriginalStatusCode: 415,
      OriginalMessage: expect.stringContaining("image/png"),
      LogStreamArn: `arn:aws:logs:${region}:${accountId}:log-group:${group}`,
      message: expect.stringMatching(
        /^Received client error \(415\) from primary with message ".*image\/png.*"\. See https:\/\/us-east-1\.console\.aws\.amazon\.com\/cloudwatch\/home\?region=us-east-1#logEventViewer:group=\/aws\/sagemaker\/Endpoints\/Endpoint in account 123456789012 for more information\.$/s,
      ),
    });
  });

  it.each<readonly [string, Partial<InvokeEndpointCommandInput>, string]>([
    ["an unknown endpoint", { EndpointName: "None" }, "Endpoint None of account 123456789012 not found."],
    ["an unknown variant", { TargetVariant: "None" }, "Variant None not found for Request"],
    [
      "a target model",
      { TargetModel: "m.tar.gz" },
      "Endpoint Endpoint is not a multi-model endpoint and does not support target model header.",
    ],
  ])("refuses %s", async (_name, changes, message) => {
    expect(await failureOf(invoke(changes))).toMatchObject({ code: "ValidationError", status: 400, message });
  });

  it.each<readonly [string, Partial<InvokeEndpointCommandInput>, number, string]>([
    [
      "a header",
      { Body: "a,b\n3,0" },
      415,
      "row 1, column 1: 'a' is not a number; is the first line a header? Data must have none",
    ],
    [
      "text",
      { Body: "3,x" },
      415,
      "Loading csv data failed with Exception, please ensure data is in csv format:\n <class 'ValueError'>\n row 1, column 2: 'x' is not a number",
    ],
    ["ragged rows", { Body: "3,0\n3,0,1" }, 415, "row 2: expected 2 columns, found 3"],
    [
      "too many features",
      { Body: "1,2,3,4,5,6" },
      400,
      "Unable to evaluate payload provided: Feature size of csv inference data 6 is not consistent with feature size of trained model 2.",
    ],
    ["quotes", { Body: '"3","0"' }, 415, "row 1, column 1: quoted fields are not supported, found '\"3\"'"],
    ["an Accept that no model answers", { Accept: "image/png" }, 406, "Accept type image/png is not supported"],
  ])("answers ModelError to %s, with the status of the model", async (_name, changes, status, text) => {
    const failure = await failureOf(invoke(changes));
    expect(failure).toMatchObject({ code: "ModelError", status: 424, OriginalStatusCode: status });
    expect(failure["OriginalMessage"]).toContain(text);
  });

  it("takes JSON", async () => {
    const Body = JSON.stringify({ instances: [{ features: [3, 0] }] });
    const answer = await invoke({ Body, ContentType: "application/json", Accept: "application/json" });
    expect(JSON.parse(answer)).toEqual({ predictions: [{ score: tinyRow.prediction }] });
  });

  it("refuses what is larger than any payload", async () => {
    const failure = await failureOf(invoke({ Body: Buffer.alloc(30 * 1024 ** 2, "1,0\n") }));
    expect(failure).toMatchObject({ code: "RequestEntityTooLargeException", status: 413 });
  });

  it("predicts where values are missing, and answers nothing to nothing", async () => {
    expect(Number(await invoke({ Body: "," }))).not.toBeNaN();
    expect(Number(await invoke({ Body: "nan,0" }))).not.toBeNaN();
    const request = { EndpointName: "Endpoint", ContentType: "text/csv", Body: "" };
    const nothing = await under.clients.runtime.send(new InvokeEndpointCommand(request));
    expect(nothing.$metadata.httpStatusCode).toBeLessThan(300);
  });

  it("is captured where the configuration says so", async () => {
    const { s3, sagemaker } = under.clients;
    await under.deploy("Captured", {
      DataCaptureConfig: {
        InitialSamplingPercentage: 100,
        DestinationS3Uri: `s3://${under.bucket}/capture`,
        CaptureOptions: [{ CaptureMode: "Input" }, { CaptureMode: "Output" }],
        CaptureContentTypeHeader: { CsvContentTypes: ["text/csv"] },
      },
    });
    await invoke({ EndpointName: "Captured", InferenceId: "mine" });
    await sagemaker.send(new DeleteEndpointCommand({ EndpointName: "Captured" }));
    const list = { Bucket: under.bucket, Prefix: "capture/Captured/AllTraffic/" };
    let key: string | undefined;
    await expect
      .poll(async () => (key = (await s3.send(new ListObjectsV2Command(list))).Contents?.[0]?.Key))
      .toMatch(/^capture\/Captured\/AllTraffic\/\d{4}\/\d\d\/\d\d\/\d\d\/\d\d-\d\d-\d{3}-[0-9a-f-]{36}\.jsonl$/);
    const object = await s3.send(new GetObjectCommand({ Bucket: under.bucket, Key: key }));
    expect(JSON.parse((await object.Body?.transformToString()) ?? "")).toMatchObject({
      captureData: {
        endpointInput: { observedContentType: "text/csv", mode: "INPUT", data: tinyRow.csv, encoding: "CSV" },
        endpointOutput: { mode: "OUTPUT", encoding: "CSV" },
      },
      eventMetadata: { inferenceId: "mine" },
      eventVersion: "0",
    });
  });
});
