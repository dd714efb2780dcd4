import { existsSync, mkdirSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { join } from "node:path";
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

const controllers = ["memory", "cpu", "pids"] as const;
type Controller = (typeof controllers)[number];

/** Length of a scheduling period in microseconds, the kernel's default. */
const cpuPeriod = 100_000;

/** Control groups of version 1: one hierarchy per controller. Undefined when memory groups cannot be made here. */
export function cgroupV1(fileSystem: CgroupFileSystem, name: string): CgroupTree | undefined {
  const bases = new Map<Controller, string>();
  for (const controller of controllers) {
    const base = baseOf(fileSystem, controller, name);
    if (base !== undefined) {
      bases.set(controller, base);
    }
  }
  if (!bases.has("memory")) {
    return undefined;
  }
  return {
    name: "cgroup v1",
    create: (id) => createGroup(bases, id),
    sweep: async () => {
      for (const base of bases.values()) {
        for (const group of await groupsBelow(base)) {
          await killAll(group);
          await removeGroup(group);
        }
      }
    },
    remove: async () => {
      await Promise.all([...bases.values()].map(removeGroup));
    },
  };
}

/** Below our own group where the mount shows it (in a container it may not), else at the root of the hierarchy. */
function baseOf(fileSystem: CgroupFileSystem, controller: Controller, name: string): string | undefined {
  const hierarchy = join(fileSystem.mount, controller);
  const own = join(hierarchy, ownGroup(fileSystem, controller));
  const parent = [own, hierarchy].find(
    (candidate) => existsSync(join(candidate, "cgroup.procs")) && isWritable(candidate),
  );
  if (parent === undefined) {
    return undefined;
  }
  const base = join(parent, name);
  try {
    mkdirSync(base, { recursive: true });
    return base;
  } catch {
    return undefined;
  }
}

async function createGroup(bases: ReadonlyMap<Controller, string>, id: string): Promise<Cgroup> {
  const groups = new Map([...bases].map(([controller, base]) => [controller, join(base, id)]));
  await Promise.all([...groups.values()].map((group) => mkdir(group, { recursive: true })));
  const all = [...groups.values()];
  return {
    procsFiles: all.map((group) => join(group, "cgroup.procs")),
    limit: async (limits) => {
      await Promise.all(
        settings(limits).map(async ([controller, file, value]) => {
          const group = groups.get(controller);
          if (group !== undefined) {
            await writeFile(join(group, file), value);
          }
        }),
      );
    },
    outOfMemory: async () => (await flatKey(join(groups.get("memory") ?? "", "memory.oom_control"), "oom_kill")) > 0,
    kill: async () => {
      await Promise.all(all.map(killAll));
    },
    remove: async () => {
      await Promise.all(all.map(removeGroup));
    },
  };
}

function settings(limits: CgroupLimits): readonly (readonly [Controller, string, string])[] {
  return [
    ["pids", "pids.max", String(limits.pids)],
    ...(limits.memoryBytes === undefined
      ? []
      : [["memory", "memory.limit_in_bytes", String(Math.floor(limits.memoryBytes))] as const]),
    // A quota of all processors or more changes nothing but costs time in the scheduler.
    ...(limits.cpus === undefined || limits.cpus >= availableParallelism()
      ? []
      : [["cpu", "cpu.cfs_quota_us", String(Math.floor(limits.cpus * cpuPeriod))] as const]),
  ];
}
