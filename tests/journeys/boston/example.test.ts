import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { clary, lastJson } from "../../support/clary.ts";
import { describeWithClient, repository } from "../../support/clients.ts";

const example = join(repository, "examples/boston-housing/boston.py");

// The environments' boto3: 1.26, which knows no endpoint variable, and a current one.
for (const client of ["sagemaker-1.72", "sagemaker-2"] as const) {
  describeWithClient(client, "the Boston example", (python) => {
    let dataDirectory = "";
    beforeAll(async () => void (dataDirectory = await mkdtemp(join(tmpdir(), "clary-example-"))));
    afterAll(() => rm(dataDirectory, { recursive: true, force: true }));

    it("runs from the first line to the last", async () => {
      const result = lastJson(await clary(["exec", "--data-dir", dataDirectory, "--", python, example]));
      expect(result["rmse_online"]).toBeLessThan(5);
      expect(result["rmse_batch"]).toBeCloseTo(result["rmse_online"] as number, 5);
    });
  });
}
