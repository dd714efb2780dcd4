import { gzipSync } from "node:zlib";
import { frameRecord, frameTfRecord } from "@clary/formats";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { advanceUntil } from "../testing/advance-until.ts";
import { roleArn } from "../testing/endpoint-fixture.ts";
import { type TransformFixture, transformFixture } from "../testing/transform-fixture.ts";

let fixture: TransformFixture;

beforeEach(async () => {
  fixture = await transformFixture();
  fixture.compute.behaviour.invoke = (call, response) =>
    void response.end(Buffer.concat([Buffer.from("<"), call.body, Buffer.from(">")]));
});
afterEach(() => fixture.close());

/** Bodies that the containers got. */
const bodies = (): string[] =>
  fixture.compute.hosts.flatMap((host) => host.calls.map((call) => call.body.toString("latin1")));

const lines = (ending: RegExp): readonly string[] =>
  [...fixture.logs].filter(([name]) => ending.test(name)).flatMap(([, found]) => found);

const records = ["ab", "cde", "f"];
const framed = {
  Line: records.map((record) => `${record}\n`),
  RecordIO: records.map((record) => frameRecord(Buffer.from(record)).toString("latin1")),
  TFRecord: records.map((record) => frameTfRecord(Buffer.from(record)).toString("latin1")),
};

describe("splitting and assembling", () => {
  it.each([
    ["None", "MultiRecord", "None"],
    ["None", "SingleRecord", "Line"],
    ["Line", "MultiRecord", "None"],
    ["Line", "MultiRecord", "Line"],
    ["Line", "SingleRecord", "None"],
    ["Line", "SingleRecord", "Line"],
    ["RecordIO", "MultiRecord", "None"],
    ["RecordIO", "MultiRecord", "Line"],
    ["RecordIO", "SingleRecord", "None"],
    ["RecordIO", "SingleRecord", "Line"],
    ["TFRecord", "MultiRecord", "None"],
    ["TFRecord", "MultiRecord", "Line"],
    ["TFRecord", "SingleRecord", "None"],
    ["TFRecord", "SingleRecord", "Line"],
  ] as const)("SplitType %s, BatchStrategy %s, AssembleWith %s", async (split, strategy, assemble) => {
    const data = split === "None" ? "ab\ncde" : framed[split].join("");
    await fixture.put("in/data", Buffer.from(data, "latin1"));
    const job = await fixture.run("Job", {
      BatchStrategy: strategy,
      TransformInput: { SplitType: split },
      TransformOutput: { AssembleWith: assemble },
    });
    expect(job).toMatchObject({ TransformJobStatus: "Completed" });
    const isSingle = split !== "None" && strategy === "SingleRecord";
    const sent = isSingle ? records : [data];
    expect(bodies().toSorted()).toEqual(sent.toSorted());
    const end = assemble === "Line" ? "\n" : "";
    expect(await fixture.read("out/data.out")).toBe(sent.map((body) => `<${body}>${end}`).join(""));
  });

  it("fills payloads with whole lines, keeps their order, and adds no second line end", async () => {
    const rows = Array.from({ length: 3 }, (_, index) => `${String(index).repeat(400_000)}\n`);
    await fixture.put("in/rows.csv", rows.join(""));
    const waiting: (() => void)[] = [];
    fixture.compute.behaviour.invoke = (call, response) => {
      waiting.push(() => response.end(`${call.body.subarray(0, 1).toString()}\n`));
      // The answers come the other way round.
      if (waiting.length === 2) {
        waiting.toReversed().forEach((answer) => answer());
      }
    };
    const job = await fixture.run("Job", {
      MaxConcurrentTransforms: 2,
      MaxPayloadInMB: 1,
      TransformInput: { SplitType: "Line" },
      TransformOutput: { AssembleWith: "Line" },
    });
    expect(job).toMatchObject({ TransformJobStatus: "Completed" });
    expect(bodies().map((body) => body.length)).toEqual([800_002, 400_001]);
    expect(await fixture.read("out/rows.csv.out")).toBe("0\n2\n");
  });

  it("reads gzip, and names the output after the whole key", async () => {
    await fixture.put("in/sub/a.csv.gz", gzipSync("1\n2\n"));
    const input = { SplitType: "Line", CompressionType: "Gzip" };
    await fixture.run("Job", { TransformInput: input, TransformOutput: { S3OutputPath: "s3://bucket/out/" } });
    expect(await fixture.read("out/sub/a.csv.gz.out")).toBe("<1\n2\n>");
  });

  it("takes single objects, partial prefixes and manifests", async () => {
    for (const key of ["in/a1", "in/a2", "in/b", "in/a3/"]) {
      await fixture.put(key, key.slice(3));
    }
    const source = (type: string, uri: string) => ({
      DataSource: { S3DataSource: { S3DataType: type, S3Uri: uri } },
    });
    await fixture.run("Prefix", { TransformInput: source("S3Prefix", "s3://bucket/in/a") });
    expect(bodies().toSorted()).toEqual(["a1", "a2"]);
    expect(await fixture.read("out/a1.out")).toBe("<a1>");
    await fixture.put("list", JSON.stringify([{ prefix: "s3://bucket/" }, "in/b", "in/a1", "in/b"]));
    const manifest = source("ManifestFile", "s3://bucket/list");
    await fixture.run("Manifest", { TransformInput: manifest, TransformOutput: { S3OutputPath: "s3://bucket/m" } });
    expect(await fixture.read("m/in/b.out")).toBe("<b>");
    expect(await fixture.read("m/in/a1.out")).toBe("<a1>");
    expect(bodies()).toHaveLength(4);
  });

  it("deals objects out to the instances", async () => {
    for (const key of ["a", "b", "c", "d", "e"]) {
      await fixture.put(`in/${key}`, key);
    }
    await fixture.run("Job", { TransformResources: { InstanceType: "ml.m4.xlarge", InstanceCount: 2 } });
    const shares = fixture.compute.hosts.map((host) => host.calls.map((call) => call.body.toString()));
    expect(new Set(shares.map((share) => share.join()))).toEqual(new Set(["a,c,e", "b,d"]));
    expect(fixture.compute.running).toEqual([]);
  });
});

describe("containers", () => {
  it("get the model, the merged environment and the request's types", async () => {
    await fixture.put("in/a", "1");
    await fixture.run("Job", {
      Environment: { B: "3", SAGEMAKER_BATCH: "no" },
      MaxPayloadInMB: 2,
      MaxConcurrentTransforms: 3,
      BatchStrategy: "SingleRecord",
      TransformOutput: { Accept: "application/json" },
    });
    const [host] = fixture.compute.hosts;
    expect(host?.workload.environment).toEqual({
      AWS_REGION: "us-east-1",
      AWS_DEFAULT_REGION: "us-east-1",
      A: "1",
      B: "3",
      SAGEMAKER_BATCH: "true",
      SAGEMAKER_MAX_PAYLOAD_IN_MB: "2",
      SAGEMAKER_MAX_CONCURRENT_TRANSFORMS: "3",
      SAGEMAKER_BATCH_STRATEGY: "SINGLE_RECORD",
    });
    expect(host?.workload.files.map((file) => file.path)).toEqual(["model/xgboost-model"]);
    expect(host?.calls[0]?.headers).toMatchObject({ "content-type": "text/csv", accept: "application/json" });
  });

  it("are told only that it is a batch when the request sets nothing", async () => {
    await fixture.put("in/a", "1");
    await fixture.run("Job");
    const names = Object.keys(fixture.compute.hosts[0]?.workload.environment ?? {});
    expect(names.filter((name) => name.startsWith("SAGEMAKER_"))).toEqual(["SAGEMAKER_BATCH"]);
    expect(lines(/\/i-[0-9a-f]{17}-1767323045$/)).toEqual([
      "2026-01-02T03:04:05.678:[sagemaker logs]: MaxConcurrentTransforms=1, MaxPayloadInMB=6, BatchStrategy=MULTI_RECORD",
    ]);
    expect([...fixture.logs.keys()]).toEqual([
      expect.stringMatching(/^\/aws\/sagemaker\/TransformJobs Job\/i-[0-9a-f]{17}-1767323045$/),
    ]);
  });

  it("may say how they want to be called, where the request does not", async () => {
    fixture.compute.behaviour.executionParameters =
      '{"MaxConcurrentTransforms":4,"BatchStrategy":"SINGLE_RECORD","MaxPayloadInMB":8}';
    await fixture.put("in/a", "1");
    await fixture.run("Job", { MaxPayloadInMB: 50, MaxConcurrentTransforms: 0 });
    expect(lines(/-1767323045$/)).toEqual([
      "2026-01-02T03:04:05.678:[sagemaker logs]: MaxConcurrentTransforms=2, MaxPayloadInMB=50, BatchStrategy=SINGLE_RECORD",
    ]);
  });

  it("that never answer pings fail the job", async () => {
    await fixture.put("in/a", "1");
    fixture.compute.behaviour.ping = () => 500;
    await fixture.start("Job");
    expect(await advanceUntil(fixture.clock, 10_000, fixture.finished("Job"))).toMatchObject({
      TransformJobStatus: "Failed",
      FailureReason: expect.stringMatching(
        /^AlgorithmError: Model container failed to respond to ping\. Please ensure \/ping endpoint is implemented and responds with an HTTP 200 status code/,
      ),
    });
    expect(fixture.compute.running).toEqual([]);
  });

  it("that end are replaced for the next object", async () => {
    await fixture.put("in/a", "deadly");
    await fixture.put("in/b", "fine");
    fixture.compute.behaviour.invoke = (call, response, host) => {
      if (call.body.toString() === "deadly") {
        host.crash();
      } else {
        response.end("ok");
      }
    };
    expect(await fixture.run("Job")).toMatchObject({
      TransformJobStatus: "Failed",
      FailureReason: expect.stringMatching(/^AlgorithmError: See job logs for more information/),
    });
    expect(await fixture.read("out/b.out")).toBe("ok");
    expect(await fixture.read("out/a.out")).toBeUndefined();
    expect(lines(/data-log$/)).toEqual([
      "2026-01-02T03:04:05.678:[sagemaker logs]: bucket/in/a: Unable to get response from algorithm",
    ]);
    expect(fixture.compute.hosts).toHaveLength(2);
  });
});

describe("failures", () => {
  it("of one object leave the others alone, and are told in the data log", async () => {
    await fixture.put("in/bad", "good\nbad\n");
    await fixture.put("in/good", "good\n");
    fixture.compute.behaviour.invoke = (call, response) => {
      const isBad = call.body.toString().includes("bad");
      response.writeHead(isBad ? 415 : 200).end(isBad ? "no such\ncsv" : "ok");
    };
    const job = await fixture.run("Job", { BatchStrategy: "SingleRecord", TransformInput: { SplitType: "Line" } });
    expect(job).toMatchObject({
      TransformJobStatus: "Failed",
      FailureReason: "ClientError: See job logs for more information. bucket/in/bad: ClientError: 415 no such csv",
    });
    expect(await fixture.read("out/bad.out")).toBeUndefined();
    expect(await fixture.read("out/good.out")).toBe("ok");
    const prefix = "2026-01-02T03:04:05.678:[sagemaker logs]: bucket/in/bad: ";
    expect(lines(/\/i-[0-9a-f]{17}\/data-log$/)).toEqual([
      `${prefix}ClientError: 415`,
      prefix,
      `${prefix}Message:`,
      `${prefix}no such`,
      `${prefix}csv`,
    ]);
  });

  it("of the server are the algorithm's, and tried again", async () => {
    await fixture.put("in/a", "1");
    let calls = 0;
    fixture.compute.behaviour.invoke = (_call, response) => {
      calls += 1;
      response.writeHead(503).end("busy");
    };
    await fixture.start("Job", { ModelClientConfig: { InvocationsMaxRetries: 2 } });
    expect(await advanceUntil(fixture.clock, 50, fixture.finished("Job"))).toMatchObject({
      FailureReason: expect.stringMatching(
        /^AlgorithmError: See job logs for more information\. bucket\/in\/a: Bad HTTP status received from algorithm: 503 busy/,
      ),
    });
    expect(calls).toBe(3);
  });

  it("to answer in time end after the request's timeout", async () => {
    await fixture.put("in/a", "1");
    fixture.compute.behaviour.invoke = () => undefined;
    await fixture.start("Job", {
      ModelClientConfig: { InvocationsTimeoutInSeconds: 5, InvocationsMaxRetries: 0 },
    });
    const before = fixture.clock.now().getTime();
    const job = await advanceUntil(fixture.clock, 100, fixture.finished("Job"));
    expect(job["FailureReason"]).toMatch(/Unable to get response from algorithm$/);
    expect(fixture.clock.now().getTime() - before).toBeGreaterThanOrEqual(5000);
  });

  it.each([
    ["too large objects", "x".repeat(2 ** 20 + 1), {}, "Too much data for max payload size"],
    ["too long lines", "x".repeat(2 ** 20 + 1), { SplitType: "Line" }, "Too much data for max payload size"],
    ["what is no RecordIO", "1,2\n3,4\n5", { SplitType: "RecordIO" }, "not RecordIO: a record does not begin"],
    [
      "what is no gzip",
      "1,2",
      { CompressionType: "Gzip" },
      "The object is not valid gzip data: incorrect header check",
    ],
    ["gzip cut short", gzipSync("1").subarray(0, -3), { CompressionType: "Gzip" }, "unexpected end of file"],
  ])("%s", async (_name, content, input, reason) => {
    await fixture.put("in/a", content);
    const job = await fixture.run("Job", { MaxPayloadInMB: 1, TransformInput: input });
    expect(job["FailureReason"]).toMatch(/^ClientError: See job logs for more information\. bucket\/in\/a: /);
    expect(job["FailureReason"]).toContain(reason);
    expect(await fixture.read("out/a.out")).toBeUndefined();
  });

  it("to read or write for want of rights", async () => {
    await fixture.put("in/a", "1");
    fixture.denied.add("s3:PutObject arn:aws:s3:::bucket/out/a.out");
    expect(await fixture.run("Write")).toMatchObject({
      FailureReason: `ClientError: See job logs for more information. bucket/in/a: Access denied: the role "${roleArn}" is not allowed to s3:PutObject on s3://bucket/out/a.out`,
    });
    fixture.denied.clear();
    fixture.denied.add("s3:GetObject arn:aws:s3:::bucket/in/a");
    expect(await fixture.run("Read")).toMatchObject({
      FailureReason: `ClientError: See job logs for more information. bucket/in/a: Access denied: the role "${roleArn}" is not allowed to s3:GetObject on s3://bucket/in/a`,
    });
    expect(await fixture.read("out/a.out")).toBeUndefined();
    expect(bodies()).toEqual([]);
  });

  it("when the output's bucket does not exist", async () => {
    await fixture.put("in/a", "1");
    const job = await fixture.run("Job", { TransformOutput: { S3OutputPath: "s3://none/x" } });
    expect(job["FailureReason"]).toMatch(/The bucket of s3:\/\/none\/x\/a\.out does not exist$/);
  });
});

describe("data capture", () => {
  const capture = { DataCaptureConfig: { DestinationS3Uri: "s3://bucket/captured" } };

  it("writes manifests of what was read and stored", async () => {
    await fixture.put("in/a", "1");
    await fixture.put("in/sub/b", "2");
    expect(await fixture.run("Job", capture)).toMatchObject({ ...capture, TransformJobStatus: "Completed" });
    const query = { prefix: "captured/", delimiter: "", after: "", limit: 10 };
    const keys = (await fixture.objects.list("bucket", query)).objects.map(({ key }) => key);
    expect(keys).toEqual([
      expect.stringMatching(/^captured\/input\/2026\/01\/02\/03\/[0-9a-f-]{36}\.json$/),
      expect.stringMatching(/^captured\/output\/2026\/01\/02\/03\/[0-9a-f-]{36}\.json$/),
    ]);
    const [input = "", output = ""] = await Promise.all(keys.map((key) => fixture.read(key)));
    expect(JSON.parse(input)).toEqual([{ prefix: "s3://bucket/in/" }, "a", "sub/b"]);
    expect(JSON.parse(output)).toEqual([{ prefix: "s3://bucket/out/" }, "a.out", "sub/b.out"]);
  });

  it("fails the job where it may not write", async () => {
    await fixture.put("in/a", "1");
    const job = await fixture.run("Job", { DataCaptureConfig: { DestinationS3Uri: "s3://none/x" } });
    expect(job["FailureReason"]).toMatch(
      /^ClientError: Data capture failed: the bucket of s3:\/\/none\/x\/input\/.* does not exist$/,
    );
  });
});

describe("stopping and restarting", () => {
  /** Starts a job over `in/a`, which is answered, and `in/b`, which never is; resolves when both were asked for. */
  async function startHalf(): Promise<void> {
    await fixture.put("in/a", "a");
    await fixture.put("in/b", "b");
    const asked = new Promise<void>((resolve) => {
      fixture.compute.behaviour.invoke = (call, response) => {
        if (call.body.toString() === "a") {
          response.end("done");
        } else {
          resolve();
        }
      };
    });
    await fixture.start("Job");
    await asked;
    expect(await fixture.read("out/a.out")).toBe("done");
  }

  it("stores no output, also not of objects that were done, and leaves what was there before", async () => {
    await fixture.put("out/b.out", "old");
    fixture.clock.advance(1000);
    await startHalf();
    await fixture.call("StopTransformJob", { TransformJobName: "Job" });
    await fixture.call("StopTransformJob", { TransformJobName: "Job" });
    const job = await fixture.finished("Job");
    expect(job).toMatchObject({ TransformJobStatus: "Stopped", TransformEndTime: expect.any(Date) });
    expect(job).not.toHaveProperty("FailureReason");
    expect(await fixture.read("out/a.out")).toBeUndefined();
    expect(await fixture.read("out/b.out")).toBe("old");
    expect(fixture.compute.running).toEqual([]);
    await expect(fixture.call("StopTransformJob", { TransformJobName: "Job" })).rejects.toMatchObject({
      code: "ValidationException",
      message: "The request was rejected because the transform job is in status Stopped.",
    });
  });

  it("starts over after a restart, into the same log streams", async () => {
    await startHalf();
    fixture.compute.behaviour.invoke = (call, response) => void response.end(`again ${call.body.toString()}`);
    await fixture.restart();
    expect(await fixture.finished("Job")).toMatchObject({ TransformJobStatus: "Completed" });
    expect(await fixture.read("out/a.out")).toBe("again a");
    expect(await fixture.read("out/b.out")).toBe("again b");
    expect(fixture.logs.size).toBe(1);
  });

  it("removes what an attempt before the restart had stored", async () => {
    await startHalf();
    fixture.compute.behaviour.ping = () => 500;
    await fixture.restart();
    await fixture.call("StopTransformJob", { TransformJobName: "Job" });
    expect(await fixture.finished("Job")).toMatchObject({ TransformJobStatus: "Stopped" });
    expect(await fixture.read("out/a.out")).toBeUndefined();
  });

  it("ends after a restart what was asked to stop before it", async () => {
    await startHalf();
    await fixture.restart(() => fixture.call("StopTransformJob", { TransformJobName: "Job" }));
    expect(await fixture.finished("Job")).toMatchObject({ TransformJobStatus: "Stopped" });
    expect(await fixture.read("out/a.out")).toBeUndefined();
    expect(fixture.compute.hosts).toHaveLength(1);
  });
});
