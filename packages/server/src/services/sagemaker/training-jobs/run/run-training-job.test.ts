import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type ManualClock, manualClock } from "../../../../platform/clock/manual-clock.ts";
import { type ContainerScript, ScriptedCompute } from "../../testing/scripted-compute.ts";
import {
  roleArn,
  type TrainingFixture,
  trainingChannel,
  trainingFixture,
  trainingRequest,
} from "../../testing/training-fixture.ts";
import type { Transition } from "../training-job-record.ts";

describe("the run of a training job", () => {
  let fixture: TrainingFixture;
  let compute: ScriptedCompute;
  let clock: ManualClock;

  beforeEach(async () => {
    compute = new ScriptedCompute();
    clock = manualClock(new Date("2026-01-02T03:04:05.678Z"));
    fixture = await trainingFixture({ clock, compute });
    await fixture.put("data/a.csv", "1,2\n");
    await fixture.put("data/b.csv", "3,4\n");
  });
  afterEach(() => fixture.close());

  const create = (name: string, changes: object = {}): Promise<unknown> =>
    fixture.call("CreateTrainingJob", trainingRequest(name, changes));

  async function train(script: ContainerScript, changes: object = {}): Promise<Record<string, unknown>> {
    compute.script = script;
    await create("job", changes);
    return await fixture.finished("job");
  }

  const config = (index: number, file: string): unknown =>
    JSON.parse(compute.containers[index]?.files.get(`input/config/${file}`)?.toString() ?? "null");

  describe("its statuses", () => {
    it("are AWS's, in AWS's words", async () => {
      const job = await train(async ({ print }) => {
        print("[0]\ttrain-rmse:1.5\tvalidation-rmse:2.5");
        clock.advance(90_500);
        print("[1]\ttrain-rmse:1.25\tvalidation-rmse:2.25");
      });
      const seen = (job["SecondaryStatusTransitions"] as Transition[]).map((each) => [each.Status, each.StatusMessage]);
      expect(seen).toEqual([
        ["Starting", "Preparing the instances for training"],
        ["Downloading", "Downloading input data"],
        ["Training", "Training image download completed. Training in progress."],
        ["Uploading", "Uploading generated training model"],
        ["Completed", "Training job completed"],
      ]);
      const [begin, end] = [new Date("2026-01-02T03:04:05.678Z"), new Date("2026-01-02T03:05:36.178Z")];
      expect(job).toMatchObject({
        TrainingJobStatus: "Completed",
        SecondaryStatus: "Completed",
        CreationTime: begin,
        TrainingStartTime: begin,
        TrainingEndTime: end,
        TrainingTimeInSeconds: 90,
        BillableTimeInSeconds: 90,
        ModelArtifacts: { S3ModelArtifacts: "s3://bucket/out/job/output/model.tar.gz" },
        FinalMetricDataList: [
          { MetricName: "train:rmse", Value: 1.25, Timestamp: end },
          { MetricName: "validation:rmse", Value: 2.25, Timestamp: end },
        ],
      });
    });

    it("say when it ran too long, with what it saved", async () => {
      const running = train(
        async ({ asked, files }) => {
          await new Promise((resolve) => {
            asked.addEventListener("abort", resolve);
            setImmediate(() => clock.advance(60_000));
          });
          files.set("model/m", Buffer.from("half"));
        },
        { StoppingCondition: { MaxRuntimeInSeconds: 60 } },
      );
      expect(await running).toMatchObject({
        TrainingJobStatus: "Stopped",
        SecondaryStatus: "MaxRuntimeExceeded",
        SecondaryStatusTransitions: expect.arrayContaining([
          expect.objectContaining({
            Status: "MaxRuntimeExceeded",
            StatusMessage: "Training job runtime exceeded MaxRuntimeInSeconds provided",
          }),
        ]) as unknown,
        ModelArtifacts: { S3ModelArtifacts: "s3://bucket/out/job/output/model.tar.gz" },
      });
      expect(await fixture.archive("out/job/output/model.tar.gz")).toEqual({ m: "half" });
    });

    it("begin anew after a restart, from the checkpoint that was stored, in the same log stream", async () => {
      const CheckpointConfig = { S3Uri: "s3://bucket/checkpoints" };
      compute.script = async ({ files, print }) => {
        print("first");
        files.set("checkpoints/deep/5", Buffer.from("five rounds"));
        clock.advance(10_000);
        await new Promise(() => undefined);
      };
      await create("job", { CheckpointConfig });
      while ((await fixture.objects.head("bucket", "checkpoints/deep/5")) === undefined) {
        await new Promise<void>((resolve) => setImmediate(resolve));
        clock.advance(10_000);
      }
      const next = await fixture.restart();
      compute.script = async ({ files, print }) => {
        print("second");
        files.set("model/m", files.get("checkpoints/deep/5") ?? Buffer.from("nothing"));
      };
      await next.resume();
      const job = await fixture.finished("job");
      expect(job["TrainingJobStatus"]).toBe("Completed");
      expect((job["SecondaryStatusTransitions"] as Transition[]).map(({ Status }) => Status)).toEqual([
        "Starting",
        "Downloading",
        "Training",
        "Restarting",
        "Downloading",
        "Training",
        "Uploading",
        "Completed",
      ]);
      expect(config(1, "checkpointconfig.json")).toEqual({
        S3Uri: "s3://bucket/checkpoints",
        LocalPath: "/opt/ml/checkpoints",
      });
      expect(await fixture.archive("out/job/output/model.tar.gz")).toEqual({ m: "five rounds" });
      expect([...fixture.logs]).toEqual([["/aws/sagemaker/TrainingJobs job/algo-1-1767323045", ["first", "second"]]]);
    });
  });

  describe("what its containers find", () => {
    it("is AWS's layout and environment", async () => {
      await fixture.put("folder/part/deep/c.csv", "5,6\n");
      await fixture.put("folder/partial.csv", "7,8\n");
      await fixture.put("folder/part/", "");
      await train(async () => 0, {
        InputDataConfig: [trainingChannel("train", "s3://bucket/folder/part")],
        Environment: { MINE: "1", TRAINING_JOB_NAME: "not mine" },
      });
      const [container] = compute.containers;
      const data = [...(container?.files ?? [])].filter(([path]) => path.startsWith("input/data/"));
      expect(data.map(([path, content]) => [path, content.toString()])).toEqual([
        ["input/data/train/part/deep/c.csv", "5,6\n"],
        ["input/data/train/partial.csv", "7,8\n"],
      ]);
      expect(config(0, "hyperparameters.json")).toEqual({ num_round: "1" });
      expect(config(0, "inputdataconfig.json")).toEqual({
        train: {
          ContentType: "text/csv",
          TrainingInputMode: "File",
          S3DistributionType: "FullyReplicated",
          RecordWrapperType: "None",
        },
      });
      expect(config(0, "resourceconfig.json")).toMatchObject({
        current_host: "algo-1",
        hosts: ["algo-1"],
        current_instance_type: "ml.m4.xlarge",
        network_interface_name: "eth0",
      });
      expect(container?.workload).toMatchObject({
        cpus: 4,
        memoryBytes: 16 * 2 ** 30,
        environment: {
          MINE: "1",
          AWS_REGION: "us-east-1",
          TRAINING_JOB_NAME: "job",
          TRAINING_JOB_ARN: "arn:aws:sagemaker:us-east-1:123456789012:training-job/job",
        },
      });
    });

    it("is what a manifest lists", async () => {
      await fixture.put("manifest.json", JSON.stringify([{ prefix: "s3://bucket/data/" }, "b.csv"]));
      const source = { S3DataType: "ManifestFile" };
      await train(async () => 0, {
        InputDataConfig: [trainingChannel("train", "s3://bucket/manifest.json", {}, source)],
      });
      expect([...(compute.containers[0]?.files.keys() ?? [])]).toContain("input/data/train/b.csv");
      expect([...(compute.containers[0]?.files.keys() ?? [])]).not.toContain("input/data/train/a.csv");
    });

    it("is a part of a sharded channel, on each of several hosts that can meet", async () => {
      const source = { S3DataDistributionType: "ShardedByS3Key" };
      const job = await train(
        async ({ workload, files }) => {
          const host = workload.environment["CURRENT_HOST"] ?? "";
          files.set(`model/${host}`, Buffer.from([...files.keys()].filter((path) => path.endsWith(".csv")).join()));
        },
        {
          InputDataConfig: [trainingChannel("train", "s3://bucket/data/", {}, source)],
          ResourceConfig: { InstanceCount: 2, InstanceType: "ml.m4.xlarge", VolumeSizeInGB: 1 },
        },
      );
      expect(job["TrainingJobStatus"]).toBe("Completed");
      expect(await fixture.archive("out/job/output/model.tar.gz")).toEqual({
        "algo-1": "input/data/train/a.csv",
        "algo-2": "input/data/train/b.csv",
      });
      expect(config(1, "resourceconfig.json")).toMatchObject({ hosts: ["algo-1", "algo-2"] });
      expect(compute.containers.map(({ workload }) => workload.meetingPoint?.port)).toEqual([9099, 9099]);
      expect([...fixture.logs.keys()]).toHaveLength(2);
    });

    it("is a pipe: unpacked, wrapped and shuffled anew for each epoch when asked", async () => {
      for (const name of ["1", "2", "3", "4", "5", "6"]) {
        await fixture.put(`zip/${name}.gz`, gzipSync(name));
      }
      const [plain, wrapped]: string[][] = [[], []];
      const channel = { CompressionType: "Gzip", ShuffleConfig: { Seed: 7 }, InputMode: "Pipe" };
      const job = await train(
        async ({ readPipe }) => {
          for (const epoch of [0, 1, 0]) {
            plain?.push((await readPipe("train", epoch)).toString());
          }
          wrapped?.push((await readPipe("wrapped", 0)).toString("hex"));
        },
        {
          InputDataConfig: [
            trainingChannel("train", "s3://bucket/zip/", channel),
            trainingChannel("wrapped", "s3://bucket/data/a.csv", { InputMode: "Pipe", RecordWrapperType: "RecordIO" }),
          ],
        },
      );
      expect(job["TrainingJobStatus"]).toBe("Completed");
      expect(plain?.map((text) => text.split("").toSorted().join(""))).toEqual(["123456", "123456", "123456"]);
      expect(plain?.[0]).toBe(plain?.[2]);
      expect(plain?.[0]).not.toBe(plain?.[1]);
      // Magic, length 4, `1,2\n`.
      expect(wrapped).toEqual(["0a23d7ce04000000312c320a"]);
    });

    it("says in the log that FastFile copies", async () => {
      await train(async () => 0, {
        InputDataConfig: [trainingChannel("train", "s3://bucket/data/", { InputMode: "FastFile" })],
      });
      expect([...fixture.logs.values()].flat()).toEqual([
        "Channel train: input mode FastFile is served by copying all objects before training starts.",
      ]);
      expect(compute.containers[0]?.files.has("input/data/train/a.csv")).toBe(true);
    });
  });

  describe("what is stored", () => {
    const outputs: ContainerScript = async ({ files }) => {
      files.set("model/sub/m", Buffer.from("m"));
      files.set("output/data/o", Buffer.from("o"));
    };

    it("is one archive of the model and one of other output", async () => {
      await train(outputs, { OutputDataConfig: { S3OutputPath: "s3://bucket/" } });
      expect(await fixture.archive("job/output/model.tar.gz")).toEqual({ "sub/m": "m" });
      expect(await fixture.archive("job/output/output.tar.gz")).toEqual({ o: "o" });
    });

    it("is the same bytes for the same files", async () => {
      compute.script = outputs;
      const etags = new Set<string | undefined>();
      for (const name of ["one", "two"]) {
        await create(name);
        await fixture.finished(name);
        etags.add((await fixture.objects.head("bucket", `out/${name}/output/model.tar.gz`))?.etag);
        clock.advance(5000);
      }
      expect(etags.size).toBe(1);
    });

    it("is the files themselves when no compression is asked for", async () => {
      const job = await train(outputs, {
        OutputDataConfig: { S3OutputPath: "s3://bucket/out", CompressionType: "NONE" },
      });
      expect(job["ModelArtifacts"]).toEqual({ S3ModelArtifacts: "s3://bucket/out/job/output/model/" });
      expect((await fixture.objects.head("bucket", "out/job/output/model/sub/m"))?.size).toBe(1);
    });
  });

  describe("its failures", () => {
    it.each<[string, ContainerScript, string]>([
      ["an exit code", async () => 3, "AlgorithmError: Exit Code: 3"],
      [
        "an exit code after some output",
        async ({ print }) => {
          print("loading");
          print("boom");
          return 1;
        },
        "AlgorithmError: Exit Code: 1. Last log lines: loading | boom",
      ],
      [
        "the user's turn",
        async ({ print, files }) => {
          print("Customer Error: no label");
          files.set("output/failure", Buffer.from("Customer Error: no label"));
          return 1;
        },
        "ClientError: no label, exit code: 1",
      ],
      [
        "the platform's turn",
        async ({ files }) => {
          files.set("output/failure", Buffer.from("Platform Error: no library"));
          return 1;
        },
        "InternalServerError: no library, exit code: 1",
      ],
      [
        "a failure file",
        async ({ files }) => {
          files.set("output/failure", Buffer.from("x".repeat(2000)));
          return 2;
        },
        `AlgorithmError: ${"x".repeat(1008)}`,
      ],
      [
        "too little memory",
        async () => ({ code: 137, outOfMemory: true }),
        "ClientError: Please use an instance type with more memory, or reduce the size of training data processed on an instance., exit code: 137",
      ],
      ["a signal", async () => ({ code: null, signal: "SIGSEGV" }), "AlgorithmError: Exit Code: 139"],
    ])("say whose turn it is: %s", async (_case, script, reason) => {
      const job = await train(script);
      expect(job).toMatchObject({
        TrainingJobStatus: "Failed",
        SecondaryStatus: "Failed",
        FailureReason: reason,
        ModelArtifacts: undefined,
      });
      expect(await fixture.objects.head("bucket", "out/job/output/model.tar.gz")).toBeUndefined();
    });

    it("stop the other hosts at once", async () => {
      const job = await train(
        async ({ workload }) =>
          workload.environment["CURRENT_HOST"] === "algo-2" ? 1 : await new Promise(() => undefined),
        { ResourceConfig: { InstanceCount: 2, InstanceType: "ml.m4.xlarge", VolumeSizeInGB: 1 } },
      );
      expect(job["FailureReason"]).toBe("AlgorithmError: Exit Code: 1");
    });

    it("name the right that the role lacks", async () => {
      fixture.denied.add("s3:GetObject arn:aws:s3:::bucket/data/b.csv");
      expect((await train(async () => 0))["FailureReason"]).toBe(
        `ClientError: Data download failed: PermanentRestrictedAccess (403): the role "${roleArn}" may not s3:GetObject on s3://bucket/data/b.csv`,
      );
    });

    it("come before hours of work when the output cannot be stored", async () => {
      const job = await train(async () => 0, { OutputDataConfig: { S3OutputPath: "s3://missing/out" } });
      expect(job["FailureReason"]).toBe(
        "ClientError: Artifact upload failed: the bucket of s3://missing/out/job/output/ does not exist",
      );
      expect(compute.containers).toEqual([]);
    });

    it("name a key that cannot be a file's path", async () => {
      await fixture.put("data/../../escape", "x");
      expect((await train(async () => 0))["FailureReason"]).toBe(
        'ClientError: Data download failed: the key "data/../../escape" cannot be the path of a file',
      );
    });

    it("name a manifest that is none", async () => {
      const source = { S3DataType: "ManifestFile" };
      const job = await train(async () => 0, {
        InputDataConfig: [trainingChannel("train", "s3://bucket/data/a.csv", {}, source)],
      });
      expect(job["FailureReason"]).toBe(
        "ClientError: Data download failed: s3://bucket/data/a.csv is not a manifest: it is not JSON",
      );
    });
  });

  it("gives up a metric whose pattern would never end, and finds the others", async () => {
    const job = await train(async ({ print }) => print(`loss=0.5 ${"a".repeat(60)}!`), {
      AlgorithmSpecification: {
        TrainingImage: "811284229777.dkr.ecr.us-east-1.amazonaws.com/xgboost:1",
        TrainingInputMode: "File",
        MetricDefinitions: [
          { Name: "endless", Regex: "(a+)+$" },
          { Name: "broken", Regex: "(" },
          { Name: "loss", Regex: "loss=(\\S+)" },
        ],
      },
    });
    expect(job["FinalMetricDataList"]).toMatchObject([{ MetricName: "loss", Value: 0.5 }]);
  });
});
