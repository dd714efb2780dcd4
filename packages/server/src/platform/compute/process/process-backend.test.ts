import { mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { systemClock } from "../../clock/system-clock.ts";
import type { ComputeBackend, Workload } from "../compute-backend.ts";
import { describeComputeBackend } from "../compute-backend.contract.ts";
import type { ProcessBackendOptions } from "./backend-state.ts";
import { processBackend } from "./process-backend.ts";

const scripted = fileURLToPath(new URL("../testing/scripted-worker.js", import.meta.url));
const parent = mkdtempSync(join(tmpdir(), "clary-compute-test-"));
afterAll(() => rmSync(parent, { recursive: true, force: true }));

const workers = {
  train: scripted,
  serve: scripted,
  readablePaths: [dirname(scripted), realpathSync(process.execPath)],
};

function create(isolation: ProcessBackendOptions["isolation"], keepSpares = false): ComputeBackend {
  return processBackend({
    directory: mkdtempSync(join(parent, "work-")),
    clock: systemClock(),
    environment: { PATH: process.env["PATH"] ?? "" },
    workers,
    keepSpares,
    ...(isolation === undefined ? {} : { isolation }),
  });
}

/** A workload of an image that runs `script`. */
function workload(id: string, script: string, more: Partial<Workload> = {}): Workload {
  return {
    id,
    image: { uri: "a/test:1", repository: "test", tag: "1", algorithm: "scripted", version: "1" },
    command: "train",
    environment: { SCRIPT: script },
    files: [],
    pipes: [],
    onLine: () => undefined,
    ...more,
  };
}

describe("what the process backend says it got, it has", () => {
  let backend: ComputeBackend;
  beforeAll(() => {
    backend = create(undefined);
  });
  afterAll(() => backend.close());

  it("limits memory where it has control groups", async ({ skip }) => {
    skip(!backend.isolation.some((what) => what.startsWith("cgroup")), "no control groups can be made here");
    const greedy = "const all = []; for (;;) all.push(Buffer.alloc(8 << 20, 1));";
    const running = await backend.start(workload("greedy", greedy, { memoryBytes: 200 * 2 ** 20 }));
    expect((await running.exit).outOfMemory).toBe(true);
    await running.remove();
  });

  it("runs workloads under uids of their own", async ({ skip }) => {
    skip(!backend.isolation.includes("an unprivileged uid per workload"), "this process may not change its uid");
    const lines: string[] = [];
    const script = `console.log(process.getuid()); process.getBuiltinModule("node:fs").writeFileSync(root + "/model/m", "")`;
    for (const id of ["first-uid", "second-uid"]) {
      const running = await backend.start(workload(id, script, { onLine: (line) => void lines.push(line) }));
      expect((await running.exit).code).toBe(0);
      await running.remove();
    }
    expect(new Set(lines).size).toBe(2);
    expect(lines).not.toContain(String(process.getuid?.()));
  });

  it("hides what is not the workload's, by bubblewrap", async ({ skip }) => {
    skip(!backend.isolation.includes("bubblewrap"), "bubblewrap does not work here");
    const lines: string[] = [];
    const script = `const fs = process.getBuiltinModule("node:fs");
      console.log(fs.existsSync(${JSON.stringify(parent)}), fs.existsSync("/root"), fs.readdirSync("/opt/ml").join());
      try { fs.writeFileSync("/usr/mine", ""); } catch (error) { console.log(error.code); }`;
    const running = await backend.start(workload("hidden", script, { onLine: (line) => void lines.push(line) }));
    await running.exit;
    expect(lines).toEqual(["false false checkpoints,input,model,output", "EROFS"]);
    await running.remove();
  });
});

it("removes what an earlier backend left when it starts its first workload", async () => {
  const directory = mkdtempSync(join(parent, "left-"));
  mkdirSync(join(directory, "old-workload", "model"), { recursive: true });
  const options = { directory, clock: systemClock(), environment: { PATH: process.env["PATH"] ?? "" }, workers };
  const backend = processBackend(options);
  const running = await backend.start(workload("new-workload", ""));
  expect(readdirSync(directory)).toEqual(["new-workload"]);
  await running.stop(0);
  await running.remove();
  await backend.close();
  expect(readdirSync(directory)).toEqual([]);
});

it("gives a workload the worker that was started after the one before, and no worker twice", async () => {
  const directory = mkdtempSync(join(parent, "spare-"));
  const options = { directory, clock: systemClock(), environment: { PATH: process.env["PATH"] ?? "" }, workers };
  const backend = processBackend({ ...options, keepSpares: true });
  const places: string[][] = [];
  const lines: string[] = [];
  for (const id of ["first", "second", "third"]) {
    const running = await backend.start(
      workload(id, "", {
        environment: { SCRIPT: `console.log(launch.environment.MINE)`, MINE: id },
        onLine: (line) => void lines.push(line),
      }),
    );
    places.push(readdirSync(directory));
    expect((await running.exit).code).toBe(0);
    await running.remove();
  }
  expect([places, lines]).toEqual([
    [["first"], ["spare-1"], ["spare-2"]],
    ["first", "second", "third"],
  ]);
  await backend.close();
  expect(readdirSync(directory)).toEqual([]);
});

async function isAlive(mark: string): Promise<boolean> {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .some((pid) => {
      try {
        const line = readFileSync(join("/proc", pid, "cmdline"), "utf8");
        return line.includes(`: ${mark}`) && !readFileSync(join("/proc", pid, "stat"), "utf8").includes(") Z ");
      } catch {
        return false;
      }
    });
}

describeComputeBackend("process, all isolation there is", { create: async () => create(undefined), isAlive });
describeComputeBackend("process, workers started ahead", { create: async () => create(undefined, true), isAlive });
describeComputeBackend("process, mount namespace of root's", {
  create: async () => create({ mount: "unshare" }),
  isAlive,
});
describeComputeBackend("process, no isolation", {
  create: async () => create({ cgroup: false, mount: "none", ownUid: false }),
  isAlive,
});
