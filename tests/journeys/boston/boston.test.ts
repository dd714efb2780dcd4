import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, it } from "vitest";
import { clientProgram, describeWithClient, repository } from "../../support/clients.ts";

const here = fileURLToPath(new URL(".", import.meta.url));
const data = join(repository, "examples/boston-housing/boston-house-prices.csv");

/** Runs a script through `clary exec`, with nothing else done for it, and parses the last line that it printed. */
async function execScript(
  python: string,
  words: readonly string[],
  dataDirectory: string,
): Promise<Record<string, unknown>> {
  const aws = clientProgram("awscli-1") ?? "aws";
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [
      join(repository, "packages/cli/bin/clary.js"),
      "exec",
      "--data-dir",
      dataDirectory,
      "--",
      python,
      join(here, words[0] ?? ""),
      data,
      ...words.slice(1),
    ],
    { env: { ...process.env, PATH: [dirname(aws), process.env["PATH"]].join(delimiter) }, maxBuffer: 1 << 26 },
  );
  return JSON.parse(stdout.trim().split("\n").at(-1) ?? "") as Record<string, unknown>;
}

/** Predicting the mean of the training labels gives about 9; the classic notebook's model is between 3 and 4.5. */
function expectGoodModel(result: Record<string, unknown>): void {
  expect(result["rmse_online"]).toBeLessThan(5);
  expect(result["rmse_batch"]).toBeCloseTo(result["rmse_online"] as number, 5);
  expect(result["rows"]).toBe(168);
  expect(result["batch_rows"]).toBe(168);
}

for (const client of ["sagemaker-1.72", "sagemaker-2"] as const) {
  describeWithClient(client, "Boston Housing", (python) => {
    let directory = "";
    beforeAll(async () => {
      directory = await mkdtemp(join(tmpdir(), "clary-boston-"));
    });
    afterAll(() => rm(directory, { recursive: true, force: true }));

    it("goes through the low-level interface", async () => {
      const result = await execScript(python, ["low_level.py"], directory);
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

    const scripts =
      client === "sagemaker-1.72"
        ? [["high_level_172.py"]]
        : [
            ["high_level_2.py", "1"],
            ["high_level_2.py", "1.7-1"],
          ];
    it.each(scripts)("goes through the high-level interface (%s %s)", async (...words) => {
      const result = await execScript(
        python,
        words.filter((word) => typeof word === "string"),
        directory,
      );
      expectGoodModel(result);
      expect(result["attached_max_depth"]).toBe("5");
    });
  });
}
