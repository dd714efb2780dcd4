import { mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll } from "vitest";
import { systemClock } from "../../clock/system-clock.ts";
import type { ComputeBackend } from "../compute-backend.ts";
import { describeComputeBackend } from "../compute-backend.contract.ts";
import type { ProcessBackendOptions } from "./backend-state.ts";
import { processBackend } from "./process-backend.ts";

const scripted = fileURLToPath(new URL("../testing/scripted-worker.js", import.meta.url));
const parent = mkdtempSync(join(tmpdir(), "clary-compute-test-"));
afterAll(() => rmSync(parent, { recursive: true, force: true }));

function create(isolation: ProcessBackendOptions["isolation"], path = process.env["PATH"] ?? ""): ComputeBackend {
  return processBackend({
    directory: mkdtempSync(join(parent, "work-")),
    clock: systemClock(),
    environment: { PATH: path },
    workers: {
      train: scripted,
      serve: scripted,
      readablePaths: [dirname(scripted), realpathSync(process.execPath)],
    },
    ...(isolation === undefined ? {} : { isolation }),
  });
}

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
describeComputeBackend("process, mount namespace of root's", {
  create: async () => create({ mount: "unshare" }),
  isAlive,
});
describeComputeBackend("process, no isolation", {
  create: async () => create({ cgroup: false, mount: "none", ownUid: false }),
  isAlive,
});
