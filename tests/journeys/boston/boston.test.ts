import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { clary, lastJson } from "../../support/clary.ts";
import { clientProgram, describeWithClient, repository } from "../../support/clients.ts";

const here = fileURLToPath(new URL(".", import.meta.url));
const data = join(repository, "examples/boston-housing/boston-house-prices.csv");

/**
 * Runs a script through `clary exec` on a new data directory, with nothing else done for it, and parses the last line that it
 * printed. The scripts run `aws`, as the notebooks do.
 */
async function execScript(python: string, script: string, words: readonly string[]): Promise<Record<string, unknown>> {
  const dataDirectory = await mkdtemp(join(tmpdir(), "clary-boston-"));
  try {
    const aws = clientProgram("awscli-1") ?? "aws";
    const environment = { PATH: [dirname(aws), process.env["PATH"]].join(delimiter) };
    const program = [python, join(here, script), data, ...words];
    return lastJson(await clary(["exec", "--data-dir", dataDirectory, "--", ...program], { environment }));
  } finally {
    await rm(dataDirectory, { recursive: true, force: true });
  }
}

/** Predicting the mean of the training labels gives about 9; the classic notebook's model is between 3 and 4.5. */
function expectGoodModel(result: Record<string, unknown>): void {
  expect(result["rmse_online"]).toBeLessThan(5);
  expect(result["rmse_batch"]).toBeCloseTo(result["rmse_online"] as number, 5);
  expect(result["rows"]).toBe(168);
  expect(result["batch_rows"]).toBe(168);
}

/** What the high-level interfaces of all versions come to. */
function expectHighLevel(result: Record<string, unknown>): void {
  expectGoodModel(result);
  expect(result).toMatchObject({
    role: expect.stringMatching(/^arn:aws:iam::\d{12}:role\/service-role\/AmazonSageMaker-ExecutionRole-\d{8}T\d{6}$/),
    second_transform: { same_name: false, same_output: false, same_predictions: true },
    redeployed_alike: true,
    attached_max_depth: "5",
    attached_model: expect.stringMatching(
      /^s3:\/\/sagemaker-us-east-1-\d{12}\/boston-xgboost-HL2?\/output\/.*\/output\/model\.tar\.gz$/,
    ),
  });
  const buckets = result["default_buckets"] as string[];
  expect(buckets).toEqual([buckets[0], buckets[0]]);
  expect(buckets[0]).toMatch(/^sagemaker-us-east-1-\d{12}$/);
}

const highLevel = {
  "sagemaker-1.72": [["xgboost:1", "high_level_172.py", []]],
  "sagemaker-2": [
    ["xgboost:1", "high_level_2.py", ["1"]],
    ["sagemaker-xgboost:1.7-1", "high_level_2.py", ["1.7-1"]],
  ],
} as const;

// The SDKs sleep between their looks at a job, so the journeys take each other's pauses.
for (const client of ["sagemaker-1.72", "sagemaker-2"] as const) {
  describeWithClient(client, "Boston Housing", (python) => {
    it.concurrent("goes through the low-level interface", async () => {
      const result = await execScript(python, "low_level.py", []);
      expectGoodModel(result);
      expect(result).toMatchObject({
        endpoint_status: "InService",
        content_type: "text/csv; charset=utf-8",
        variant: "AllTraffic",
      });
      expect(result["artifact"]).toMatch(
        /^s3:\/\/sagemaker-us-east-1-\d{12}\/boston-xgboost-LL\/output\/boston-xgboost-[\d-]+\/output\/model\.tar\.gz$/,
      );
      expect(result["log_line_count"]).toBeGreaterThan(10);
    });

    for (const [image, script, words] of highLevel[client]) {
      it.concurrent(`goes through the high-level interface with ${image}`, async () => {
        const result = await execScript(python, script, words);
        expectHighLevel(result);
        expect(result["sdk"]).toMatch(client === "sagemaker-2" ? /^2\./ : /^1\.72\.0$/);
      });
    }
  });
}
