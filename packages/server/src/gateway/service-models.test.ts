import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openServiceModels } from "./service-models.ts";
import { indexOf } from "./testing/service-index.ts";

describe("openServiceModels", () => {
  it("reads a model once, at its first use", async () => {
    const directory = await mkdtemp(join(tmpdir(), "clary-models-"));
    const [sts] = indexOf({ id: "sts" });
    await writeFile(join(directory, "index.json"), JSON.stringify({ services: [sts] }));
    const models = await openServiceModels(directory);
    await writeFile(join(directory, "sts.json"), JSON.stringify({ ...sts, operations: [], errors: [], shapes: [] }));

    const [first, second] = await Promise.all([models.load("sts"), models.load("sts")]);

    expect(first.id).toBe("sts");
    expect(second).toBe(first);
    expect(models.load("sts")).toBe(first);
  });

  it("names the missing file and the remedy", async () => {
    await expect(openServiceModels("/nowhere")).rejects.toThrow(
      "Cannot read the service model /nowhere/index.json. Run: npm run models",
    );
  });
});
