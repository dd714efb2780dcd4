import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { parseModel } from "../../../packages/algorithms/src/xgboost/model/parse-model.ts";
import { describeWithLibrary } from "./describe-with-library.ts";

const run = promisify(execFile);
const script = fileURLToPath(new URL("distributed-host.js", import.meta.url));

interface HostOutcome {
  readonly output: string;
  readonly models: readonly string[];
}

/** Trains on `count` hosts that share the rows by turns; those in `empty` get none. */
async function trainOn(libraryPath: string, count: number, empty: readonly string[] = []): Promise<HostOutcome[]> {
  const directory = await mkdtemp(join(tmpdir(), "clary-distributed-"));
  const hosts = Array.from({ length: count }, (_, index) => `algo-${index + 1}`);
  const withRows = hosts.filter((host) => !empty.includes(host));
  await Promise.all(hosts.map((host) => writeShards(join(directory, host), withRows.indexOf(host), withRows.length)));
  const port = await freePort();
  return Promise.all(
    hosts.map(async (host) => {
      const setting = { host, hosts, port, directory, imageVersion: "1.7-1" };
      const { stdout } = await run(process.execPath, [script, JSON.stringify(setting)], {
        env: { ...process.env, CLARY_LIBXGBOOST: libraryPath, OMP_WAIT_POLICY: "PASSIVE" },
      });
      const models = await readdir(join(directory, host, "model")).catch(() => []);
      return {
        output: stdout,
        models: await Promise.all(models.map((name) => modelText(join(directory, host, "model", name)))),
      };
    }),
  );
}

async function writeShards(directory: string, index: number, count: number): Promise<void> {
  for (const name of ["train", "validation"]) {
    await mkdir(join(directory, name), { recursive: true });
    const text = await readFile(new URL(`data/boston-${name}.csv`, import.meta.url), "utf8");
    const rows = text
      .trimEnd()
      .split("\n")
      .filter((_, row) => index >= 0 && row % count === index);
    await writeFile(join(directory, name, "part.csv"), rows.join("\n"));
  }
}

async function modelText(path: string): Promise<string> {
  const model = parseModel(await readFile(path));
  return JSON.stringify(model, (_, value: unknown) =>
    ArrayBuffer.isView(value) ? Array.from(value as Float32Array) : value,
  );
}

function freePort(): Promise<number> {
  const server = createServer();
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}

const evaluations = ({ output }: HostOutcome): string[] => output.split("\n").filter((line) => /^\[\d+\]\t/.test(line));

await describeWithLibrary("3.2.0", "XGBoost on several hosts", (libraryPath) => {
  it("learns from the rows of all, and the first one saves the model", async () => {
    const outcomes = await trainOn(libraryPath, 3);
    expect(outcomes.map(({ models }) => models.length)).toEqual([1, 0, 0]);
    expect(outcomes.map((outcome) => evaluations(outcome).length)).toEqual([5, 0, 0]);
    expect(JSON.parse(outcomes[0]?.models[0] ?? "{}")).toMatchObject({ features: 13, booster: { parallelTrees: 1 } });
  });

  it("gives the same model when a host has no rows and another one leads", async () => {
    const [first, ...others] = await trainOn(libraryPath, 3, ["algo-1"]);
    const two = await trainOn(libraryPath, 2);
    expect(first?.output).toContain("Host algo-1 does not have training data.");
    expect(first?.models).toEqual([]);
    expect(others[0]?.models).toEqual(two[0]?.models);
  });
});
