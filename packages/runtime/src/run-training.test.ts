import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Blame } from "./failure.ts";
import { runTraining, type TrainingJob } from "./run-training.ts";

describe("runTraining", () => {
  let root: string;
  const lines: string[] = [];

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "clary-runtime-"));
    lines.length = 0;
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  const run = (train: (job: TrainingJob) => Promise<void>, blame: Blame = "algorithm"): Promise<number> =>
    runTraining({
      root,
      stop: new AbortController().signal,
      log: (line) => lines.push(line),
      blame: () => blame,
      train,
    });
  const configure = (file: string, text: string): void => {
    mkdirSync(join(root, "input/config"), { recursive: true });
    writeFileSync(join(root, "input/config", file), text);
  };
  const failure = (): string => readFileSync(join(root, "output/failure"), "utf8");

  it("gives the job what the configuration files say, channels in their order", async () => {
    configure("hyperparameters.json", '{"eta":"0.2","epochs":3}');
    configure("inputdataconfig.json", '{"validation":{"ContentType":"csv"},"train":{"TrainingInputMode":"Pipe"}}');
    configure("resourceconfig.json", '{"current_host":"algo-2","hosts":["algo-2","algo-1"]}');
    configure("checkpointconfig.json", '{"S3Uri":"s3://b/c","LocalPath":"/opt/ml/checkpoints/mine"}');
    mkdirSync(join(root, "input/data/validation/deep"), { recursive: true });
    writeFileSync(join(root, "input/data/validation/deep/b"), "");
    writeFileSync(join(root, "input/data/validation/a"), "");
    let seen: TrainingJob | undefined;
    const code = await run(async (job) => {
      seen = job;
      const [validation] = job.channels;
      expect(await validation?.files()).toEqual(
        ["a", "deep/b"].map((file) => join(root, "input/data/validation", file)),
      );
      writeFileSync(join(job.modelDirectory, "m"), "");
    });
    expect(code).toBe(0);
    expect(seen).toMatchObject({
      hyperparameters: { eta: "0.2", epochs: "3" },
      channels: [
        { name: "validation", contentType: "csv", inputMode: "File", distribution: "FullyReplicated" },
        { name: "train", contentType: undefined, inputMode: "Pipe" },
      ],
      resources: { currentHost: "algo-2", hosts: ["algo-1", "algo-2"] },
      checkpointDirectory: join(root, "checkpoints/mine"),
    });
  });

  it("does with no configuration at all", async () => {
    expect(
      await run(async (job) => {
        expect(job).toMatchObject({ hyperparameters: {}, channels: [], checkpointDirectory: undefined });
        expect(job.resources).toMatchObject({ currentHost: "algo-1", hosts: ["algo-1"] });
      }),
    ).toBe(0);
  });

  it.each<[Blame, string, string]>([
    ["user", "Customer Error: no label", "Customer Error: no label"],
    ["platform", "Platform Error: no label", "Platform Error: no label"],
    ["algorithm", "no label", "Error: no label"],
  ])("leaves the reason where the platform looks, by whose turn it is: %s", async (blame, reason, line) => {
    const code = await run(async () => {
      throw new Error("no label");
    }, blame);
    expect([code, failure()]).toEqual([1, reason]);
    expect(lines[0]?.split("\n")[0]).toBe(line);
  });

  it("names a configuration file that is not JSON", async () => {
    configure("hyperparameters.json", "{");
    expect(await run(async () => undefined)).toBe(1);
    expect(failure()).toMatch(/hyperparameters\.json is not JSON$/);
  });
});
