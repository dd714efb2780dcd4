import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { run, type Ended } from "../support/clary.ts";
import { repository } from "../support/clients.ts";

/** Variables by which an npm that runs these tests would tell the npm under test that it is inside the repository. */
const withoutNpm = Object.fromEntries(
  Object.keys(process.env)
    .filter((name) => /^npm_|^INIT_CWD$|^CLARY_|^NODE_ENV$/i.test(name) && !/^npm_config_(registry|cache)$/i.test(name))
    .map((name) => [name, undefined]),
);

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  readonly description: string;
  readonly dependencies?: Readonly<Record<string, string>>;
}

describe("the packed packages", () => {
  let scratch = "";
  let folder = "";
  let tarballs: string[] = [];

  beforeAll(async () => {
    scratch = await mkdtemp(join(tmpdir(), "clary-packed-"));
    const packs = join(scratch, "packs");
    folder = join(scratch, "empty");
    await mkdir(packs);
    await mkdir(folder);
    succeeded(await run("npm", ["pack", "--workspaces", "--pack-destination", packs], inFolder(repository)));
    tarballs = (await readdir(packs)).map((name) => join(packs, name));
    await writeFile(join(folder, "package.json"), JSON.stringify({ private: true }));
    const install = ["install", "--prefer-offline", "--no-audit", "--no-fund", ...tarballs];
    succeeded(await run("npm", install, inFolder(folder)));
  });
  afterAll(() => rm(scratch, { recursive: true, force: true }));

  function inFolder(directory: string): { directory: string; environment: Record<string, string | undefined> } {
    return { directory, environment: { ...withoutNpm, CLARY_DATA_DIR: join(scratch, "data") } };
  }

  function clary(...words: string[]): Promise<Ended> {
    return run("npx", ["--no-install", "clary", ...words], inFolder(folder));
  }

  it("hold what runs and the licence, and neither tests nor sources", async () => {
    for (const tarball of tarballs) {
      const { output } = await run("tar", ["--list", "--file", tarball]);
      const files = output.trim().split("\n");
      const unwanted = /\.test\.|\.contract\.|\/testing\/|\/src\/|tsbuildinfo|(?<!\.d)\.ts$/;
      expect({ tarball: basename(tarball), unwanted: files.filter((file) => unwanted.test(file)) }).toEqual({
        tarball: basename(tarball),
        unwanted: [],
      });
      expect(files).toContain("package/LICENSE");
    }
  });

  it("agree on their version and say what they are", async () => {
    const manifests = await Promise.all(tarballs.map((tarball) => manifestIn(tarball)));
    const versions = new Map(manifests.map(({ name, version }) => [name, version]));
    expect(new Set(versions.values()).size).toBe(1);
    for (const { name, license, description, dependencies } of manifests) {
      expect({ name, license }).toEqual({ name, license: "Apache-2.0" });
      expect(description.length).toBeGreaterThan(10);
      for (const [dependency, version] of Object.entries(dependencies ?? {})) {
        expect(version).toBe(versions.get(dependency) ?? version);
      }
    }
  });

  it("have what the machine needs fetched by clary doctor --fix", async () => {
    const ended = await clary("doctor", "--fix", "--json", "--port", "0");
    const findings = JSON.parse(succeeded(ended)) as { name: string; state: string }[];
    expect(findings.filter(({ state }) => state === "problem")).toEqual([]);
    expect(findings.map(({ name }) => name)).toContain("libxgboost");
  });

  it("run the whole demo", async () => {
    const output = succeeded(await clary("demo", "--port", "0"));
    const errors = [...output.matchAll(/rmse (\d+\.\d+)/g)].map(([, value]) => Number(value));
    expect(errors.length).toBeGreaterThanOrEqual(2);
    expect(Math.max(...errors)).toBeLessThan(8);
    expect(await readFile(join(folder, "clary-demo/predictions.svg"), "utf8")).toContain("<svg ");
  });

  it("start a server without the AWS SDK, which only the demo needs", async () => {
    await rm(join(folder, "node_modules/@aws-sdk"), { recursive: true });
    await rm(join(folder, "node_modules/@smithy"), { recursive: true });
    const { directory, environment } = inFolder(folder);
    const server = spawn("npx", ["--no-install", "clary", "start", "--port", "0", "--json"], {
      cwd: directory,
      env: { ...process.env, ...environment },
      stdio: ["ignore", "pipe", "inherit"],
    });
    const ended = once(server, "exit");
    const [line] = (await once(createInterface(server.stdout), "line")) as [string];
    const { port } = JSON.parse(line) as { port: number };
    expect(JSON.parse(succeeded(await clary("status", "--json")))).toMatchObject({ running: true });
    expect((await fetch(`http://127.0.0.1:${port}/_clary/health`)).status).toBe(200);
    expect(succeeded(await clary("stop"))).toBe("Stopped.\n");
    expect((await ended)[0]).toBe(0);
  });
});

/** What a program printed. Throws with all of it when the program failed. */
function succeeded({ code, output, errors }: Ended): string {
  if (code !== 0) {
    throw new Error(`exit code ${code}\n${output}\n${errors}`);
  }
  return output;
}

async function manifestIn(tarball: string): Promise<Manifest> {
  const { output } = await run("tar", ["--extract", "--to-stdout", "--file", tarball, "package/package.json"]);
  return JSON.parse(output) as Manifest;
}
