import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { until } from "./until.ts";

/** A process, told apart from a later one of the same number by when it began. */
export interface ProcessIdentity {
  readonly pid: number;
  readonly startedAt: string;
  readonly command: string;
}

/** Whether this machine shows its processes as Linux does; elsewhere these functions find nothing. */
const hasProcessTable: boolean = process.platform === "linux";

/** A process and all that it started, itself first. */
export function processTree(root: number): readonly ProcessIdentity[] {
  const all = allProcesses();
  const tree = all.filter(({ pid }) => pid === root);
  for (const { pid } of tree) {
    tree.push(...all.filter(({ parent }) => parent === pid));
  }
  return tree;
}

/** Every process that names `directory` in its command or its environment: the server of a data directory, and its workloads. */
export function processesOf(directory: string): readonly ProcessIdentity[] {
  return allProcesses().filter(
    ({ pid, command }) =>
      pid !== process.pid && (command.includes(directory) || read(`/proc/${pid}/environ`).includes(directory)),
  );
}

/** Those of `processes` that still run. Zombies do not: they only wait for their parent to look. */
export function stillRunning(processes: readonly ProcessIdentity[]): readonly ProcessIdentity[] {
  return processes.filter(({ pid, startedAt }) => {
    const now = identify(pid);
    return now !== undefined && now.startedAt === startedAt;
  });
}

/** Resolves when none of them runs any more; rejects, naming those that do, after `withinMs`. */
export async function allEnded(find: () => readonly ProcessIdentity[], withinMs = 5_000): Promise<void> {
  await until("every process has ended", () => find().length === 0, { withinMs }).catch(() => {
    throw new Error(`still running: ${find().map(describe).join("; ")}`);
  });
}

/** Memory of one process in MiB. */
export interface ProcessMemory {
  readonly pid: number;
  /** Proportional set size: a page that n processes share counts as 1/n. */
  readonly proportional: number;
  readonly resident: number;
  /** The most that was ever resident, or since `forgetPeaks`. */
  readonly residentPeak: number;
}

/** Of a process and all that it started. */
export function treeMemory(root: number): readonly ProcessMemory[] {
  return processTree(root).map(({ pid }) => {
    const sums = read(`/proc/${pid}/smaps_rollup`);
    const status = read(`/proc/${pid}/status`);
    return {
      pid,
      proportional: mebibytes(sums, "Pss"),
      resident: mebibytes(sums, "Rss"),
      residentPeak: mebibytes(status, "VmHWM"),
    };
  });
}

/** Proportional set size of a process and all that it started, in MiB. */
export function treeMemoryMiB(root: number): number {
  return treeMemory(root).reduce((sum, { proportional }) => sum + proportional, 0);
}

/** Has the kernel note peaks anew. */
export function forgetPeaks(root: number): void {
  for (const { pid } of processTree(root)) {
    writeFileSync(`/proc/${pid}/clear_refs`, "5");
  }
}

function mebibytes(text: string, field: string): number {
  const kibibytes = new RegExp(`^${field}:\\s+(\\d+) kB`, "m").exec(text)?.[1] ?? "0";
  return Number(kibibytes) / 1024;
}

interface ProcessFacts extends ProcessIdentity {
  readonly parent: number;
}

function allProcesses(): ProcessFacts[] {
  const names = hasProcessTable ? readdirSync("/proc").filter((name) => /^\d+$/.test(name)) : [];
  return names.map((name) => identify(Number(name))).filter((facts) => facts !== undefined);
}

function identify(pid: number): ProcessFacts | undefined {
  const stat = read(`/proc/${pid}/stat`);
  // The command's name may hold anything, brackets and blanks included; what follows it cannot.
  const [state, parent, ...rest] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const startedAt = rest[17];
  if (startedAt === undefined || state === "Z" || state === "X") {
    return undefined;
  }
  const command = read(`/proc/${pid}/cmdline`).replaceAll("\0", " ").trim();
  return { pid, parent: Number(parent), startedAt, command };
}

function describe({ pid, command }: ProcessIdentity): string {
  return `${pid} ${command.slice(0, 200)}`;
}

/** Empty where the process is gone or another user's. */
function read(path: string): string {
  try {
    return readFileSync(path, "latin1");
  } catch {
    return "";
  }
}
