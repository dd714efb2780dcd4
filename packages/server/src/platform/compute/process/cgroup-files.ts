import { accessSync, constants, existsSync, readFileSync } from "node:fs";
import { readdir, readFile, rmdir } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";

/** Where the kernel shows control groups, and what says which of them this process is in. Tests give others. */
export interface CgroupFileSystem {
  readonly mount: string;
  readonly selfFile: string;
}

export const kernelCgroups: CgroupFileSystem = { mount: "/sys/fs/cgroup", selfFile: "/proc/self/cgroup" };

/** This process's group for a v1 controller, or for v2 with `controller` `""`; `/` when the kernel does not say. */
export function ownGroup(fileSystem: CgroupFileSystem, controller: string): string {
  const lines = existsSync(fileSystem.selfFile) ? readFileSync(fileSystem.selfFile, "utf8").split("\n") : [];
  for (const line of lines) {
    const [, controllers = "", ...path] = line.split(":");
    if (controllers.split(",").includes(controller)) {
      return path.join(":") || "/";
    }
  }
  return "/";
}

export function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** Kills all processes of a group; those that fork while we look are met in the next round. */
export async function killAll(group: string): Promise<void> {
  for (let round = 0; round < 20; round++) {
    const pids = await pidsOf(group);
    if (pids.length === 0) {
      return;
    }
    for (const pid of pids) {
      killOne(pid);
    }
    await delay(5);
  }
}

/** Removes a group once it is empty: right after the last exit the kernel still answers EBUSY. */
export async function removeGroup(group: string): Promise<void> {
  for (let attempt = 0; attempt < 50; attempt++) {
    const code = await rmdir(group).then(
      () => undefined,
      (error: NodeJS.ErrnoException) => error.code,
    );
    if (code !== "EBUSY") {
      return;
    }
    await delay(10);
  }
}

/** Names of the groups below `group`; none when it does not exist. */
export async function groupsBelow(group: string): Promise<readonly string[]> {
  const entries = await readdir(group, { withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isDirectory()).map((entry) => join(group, entry.name));
}

/** The number after `name` in a flat keyed file such as `memory.events`; 0 when either is missing. */
export async function flatKey(file: string, name: string): Promise<number> {
  const text = await readFile(file, "utf8").catch(() => "");
  const line = text.split("\n").find((candidate) => candidate.startsWith(`${name} `));
  return line === undefined ? 0 : Number(line.slice(name.length + 1));
}

async function pidsOf(group: string): Promise<readonly number[]> {
  const text = await readFile(join(group, "cgroup.procs"), "utf8").catch(() => "");
  return text.split("\n").filter(Boolean).map(Number);
}

function killOne(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It ended by itself in the meantime.
  }
}
