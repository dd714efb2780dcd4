import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { dirname, join } from "node:path";
import {
  type CgroupFileSystem,
  flatKey,
  groupsBelow,
  isWritable,
  killAll,
  ownGroup,
  removeGroup,
} from "./cgroup-files.ts";
import type { Cgroup, CgroupLimits, CgroupTree } from "./cgroup.ts";

const wanted = ["memory", "cpu", "pids"] as const;
const cpuPeriod = 100_000;

/**
 * Control groups of version 2. A group that holds processes may not hand controllers to its children, so ours stand beside our
 * own group (which systemd delegates to a user's services) or at the root. Undefined when no memory controller is handed down there.
 */
export function cgroupV2(fileSystem: CgroupFileSystem, name: string): CgroupTree | undefined {
  const base = usableBase(fileSystem, name);
  if (base === undefined) {
    return undefined;
  }
  return {
    name: "cgroup v2",
    create: (id) => createGroup(join(base, id)),
    sweep: async () => {
      for (const group of await groupsBelow(base)) {
        await endGroup(group);
        await removeGroup(group);
      }
    },
    remove: () => removeGroup(base),
  };
}

function usableBase(fileSystem: CgroupFileSystem, name: string): string | undefined {
  const own = ownGroup(fileSystem, "");
  for (const parent of new Set([join(fileSystem.mount, dirname(own)), fileSystem.mount])) {
    if (handsDown(parent).has("memory") && isWritable(parent) && isWritable(join(parent, "cgroup.procs"))) {
      try {
        const base = join(parent, name);
        mkdirSync(base, { recursive: true });
        const controllers = wanted.filter((controller) => handsDown(parent).has(controller));
        writeFileSync(
          join(base, "cgroup.subtree_control"),
          controllers.map((controller) => `+${controller}`).join(" "),
        );
        return base;
      } catch {
        // Not delegated to us after all: the next place may be.
      }
    }
  }
  return undefined;
}

function handsDown(group: string): ReadonlySet<string> {
  const file = join(group, "cgroup.subtree_control");
  return new Set(existsSync(file) ? readFileSync(file, "utf8").trim().split(" ") : []);
}

async function createGroup(group: string): Promise<Cgroup> {
  await mkdir(group);
  return {
    procsFiles: [join(group, "cgroup.procs")],
    limit: async (limits) => {
      await Promise.all(
        settings(limits).map(async ([file, value]) => {
          if (existsSync(join(group, file))) {
            await writeFile(join(group, file), value);
          }
        }),
      );
    },
    outOfMemory: async () => (await flatKey(join(group, "memory.events"), "oom_kill")) > 0,
    kill: () => endGroup(group),
    remove: () => removeGroup(group),
  };
}

/** `cgroup.kill` (Linux 5.14) leaves no race with forks; older kernels get one signal per process. */
async function endGroup(group: string): Promise<void> {
  if (existsSync(join(group, "cgroup.kill"))) {
    await writeFile(join(group, "cgroup.kill"), "1").catch(() => undefined);
    return;
  }
  await killAll(group);
}

function settings(limits: CgroupLimits): readonly (readonly [string, string])[] {
  return [
    ["pids.max", String(limits.pids)],
    ...(limits.memoryBytes === undefined ? [] : [["memory.max", String(Math.floor(limits.memoryBytes))] as const]),
    ...(limits.cpus === undefined || limits.cpus >= availableParallelism()
      ? []
      : [["cpu.max", `${Math.floor(limits.cpus * cpuPeriod)} ${cpuPeriod}`] as const]),
  ];
}
