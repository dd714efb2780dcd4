import { describe, expect, it } from "vitest";
import { manualClock, type ManualClock } from "../../../platform/clock/manual-clock.ts";
import { seededIds } from "../../../platform/ids/seeded-ids.ts";
import type { ObjectStore } from "../../../platform/objects/object-store.ts";
import { emptyStore } from "../../s3/testing/opened-store.ts";
import type { DataCaptureConfig, Deployment } from "../endpoints/deployments/deployment.ts";
import type { CapturedCall } from "./captured-call.ts";
import { DataCapture } from "./data-capture.ts";

const time = new Date("2026-02-14T17:25:06.042Z");
const roleArn = "arn:aws:iam::123456789012:role/execution";
const scope = { account: "123456789012", region: "us-east-1" };
const config: DataCaptureConfig = {
  InitialSamplingPercentage: 100,
  DestinationS3Uri: "s3://capture/some/prefix",
  CaptureOptions: [{ CaptureMode: "Input" }, { CaptureMode: "Output" }],
  CaptureContentTypeHeader: { CsvContentTypes: ["text/csv"], JsonContentTypes: ["application/json"] },
};
const call: CapturedCall = {
  variantName: "AllTraffic",
  time,
  request: { contentType: "text/csv", body: Buffer.from("1,2") },
  response: { contentType: "text/csv; charset=utf-8", body: Buffer.from("0.02") },
};

interface Setup {
  readonly capture: DataCapture;
  readonly clock: ManualClock;
  readonly objects: ObjectStore;
  readonly log: string[];
  readonly keys: () => Promise<readonly string[]>;
  readonly lines: () => Promise<readonly unknown[]>;
}

async function setUp(changes: Partial<DataCaptureConfig> = {}, random = 0, allowed = true): Promise<Setup> {
  const clock = manualClock(time);
  const objects = await emptyStore([scope.account]);
  await objects.createBucket({ name: "capture", ...scope });
  const log: string[] = [];
  const deployment = {
    variants: [{ request: { VariantName: "AllTraffic" }, model: { request: { ExecutionRoleArn: roleArn } } }],
  } as unknown as Deployment;
  const capture = new DataCapture(
    { name: "Endpoint", scope, config: { ...config, ...changes }, deployment },
    {
      objects,
      clock,
      ids: seededIds("capture"),
      random: () => random,
      logs: { open: () => ({ write: (line) => void log.push(line), flush: async () => undefined }) },
      roles: {
        assume: async (arn) => ({
          allows: async () => allowed && arn === roleArn,
          credentials: () => Promise.reject(new Error("not needed")),
        }),
      },
    },
  );
  const keys = async (): Promise<readonly string[]> => {
    const listing = await objects.list("capture", { prefix: "", delimiter: "", after: "", limit: 1000 });
    return listing.objects.map((object) => object.key);
  };
  const lines = async (): Promise<readonly unknown[]> => {
    const texts = await Promise.all(
      (await keys()).map(async (key) =>
        String(Buffer.from((await (await objects.open("capture", key))?.bytes()) ?? [])),
      ),
    );
    return texts.flatMap((text) => text.trimEnd().split("\n")).map((line): unknown => JSON.parse(line));
  };
  return { capture, clock, objects, log, keys, lines };
}

describe("DataCapture", () => {
  it("writes a call as AWS does, some seconds after it", async () => {
    const { capture, clock, keys, lines } = await setUp();
    capture.capture({ ...call, inferenceId: "i", customAttributes: "c" });
    expect(await keys()).toEqual([]);
    clock.advance(10_000);
    await capture.flush();
    expect(await keys()).toEqual([
      expect.stringMatching(
        /^some\/prefix\/Endpoint\/AllTraffic\/2026\/02\/14\/17\/25-06-042-[0-9a-f]{8}-[0-9a-f-]{27}\.jsonl$/,
      ),
    ]);
    expect(await lines()).toEqual([
      {
        captureData: {
          endpointInput: { observedContentType: "text/csv", mode: "INPUT", data: "1,2", encoding: "CSV" },
          endpointOutput: {
            observedContentType: "text/csv; charset=utf-8",
            mode: "OUTPUT",
            data: "0.02",
            encoding: "CSV",
          },
        },
        eventMetadata: {
          eventId: expect.stringMatching(/^[0-9a-f-]{36}$/),
          inferenceId: "i",
          customAttributes: ["c"],
          inferenceTime: "2026-02-14T17:25:06Z",
        },
        eventVersion: "0",
      },
    ]);
  });

  it("keeps what is not listed as Base64, and only the sides that were asked for", async () => {
    const { capture, lines } = await setUp({ CaptureOptions: [{ CaptureMode: "Input" }] });
    capture.capture({ ...call, request: { contentType: "application/x-npy", body: Buffer.from([1, 2, 255]) } });
    capture.capture({ ...call, request: { contentType: "Application/JSON", body: Buffer.from("{}") } });
    await capture.close();
    expect(await lines()).toMatchObject([
      { captureData: { endpointInput: { data: "AQL/", encoding: "BASE64" } } },
      { captureData: { endpointInput: { data: "{}", encoding: "JSON" } } },
    ]);
    expect(JSON.stringify(await lines())).not.toContain("endpointOutput");
  });

  it("opens a new file for each hour and variant, and when one is full", async () => {
    const { capture, keys } = await setUp();
    const large = { contentType: "text/csv", body: Buffer.alloc(5 * 1024 ** 2, "1") };
    capture.capture({ ...call, response: large });
    capture.capture(call);
    capture.capture({ ...call, time: new Date("2026-02-14T18:00:00.001Z") });
    await capture.close();
    expect((await keys()).map((key) => key.split("/").slice(-2, -1)[0])).toEqual(["17", "17", "18"]);
  });

  it("takes a sample, or nothing", async () => {
    for (const [percentage, random, expected] of [
      [50, 0.49, 1],
      [50, 0.5, 0],
      [0, 0, 0],
    ] as const) {
      const { capture, keys } = await setUp({ InitialSamplingPercentage: percentage }, random);
      capture.capture(call);
      await capture.close();
      expect(await keys()).toHaveLength(expected);
    }
    const off = await setUp({ EnableCapture: false });
    off.capture.capture(call);
    await off.capture.close();
    expect(await off.keys()).toEqual([]);
  });

  it("says in the log why it could not write", async () => {
    const missing = await setUp({ DestinationS3Uri: "s3://none/x" });
    missing.capture.capture(call);
    await missing.capture.close();
    expect(missing.log).toEqual(["Data capture: the bucket none does not exist"]);
    const denied = await setUp({}, 0, false);
    denied.capture.capture(call);
    await denied.capture.close();
    expect(denied.log).toEqual([
      expect.stringContaining(
        `Data capture: the role ${roleArn} is not allowed to s3:PutObject on arn:aws:s3:::capture/some`,
      ),
    ]);
  });

  it("does not grow without bound when calls come faster than they are stored", async () => {
    const { capture, keys, log } = await setUp();
    const large = { contentType: "text/csv", body: Buffer.alloc(20 * 1024 ** 2, "1") };
    for (let count = 0; count < 6; count += 1) {
      capture.capture({ ...call, response: large });
    }
    await capture.close();
    expect(await keys()).toHaveLength(3);
    expect(log).toEqual(["Data capture: 3 calls were not captured: they came faster than they could be stored"]);
  });
});
