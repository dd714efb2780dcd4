import { createHash } from "node:crypto";
import { mkdirSync } from "node:fs";
import { cgroupV1 } from "./cgroup-v1.ts";
import { cgroupV2 } from "./cgroup-v2.ts";
import { kernelCgroups } from "./cgroup-files.ts";
import type { CgroupTree } from "./cgroup.ts";
import { findTool, isOpenToAll, succeeds } from "./host-tools.ts";

/** What this machine lets us put around a workload. */
export interface Isolation {
  readonly cgroups: CgroupTree | undefined;
  /** How `/opt/ml` becomes the workload's own: by bubblewrap, by a mount namespace of root's, or not at all (`CLARY_ML_ROOT`). */
  readonly mount: MountMethod | undefined;
  /** Path of `setpriv`, which drops rights and ties the workload's life to ours. */
  readonly setpriv: string | undefined;
  /** Whether workloads run under unprivileged uids of their own. */
  readonly ownUid: boolean;
}

export type MountMethod =
  | { readonly type: "bubblewrap"; readonly bwrap: string }
  | { readonly type: "unshare"; readonly unshare: string };

/** Switches, each for something that is used where the machine has it. */
export interface IsolationSwitches {
  readonly cgroup: boolean;
  readonly mount: "bubblewrap" | "unshare" | "best" | "none";
  readonly ownUid: boolean;
}

export interface IsolationQuestion {
  /** Where commands are looked up. */
  readonly searchPath: string;
  /** The backend's directory; its name tells our control groups from those of other servers. */
  readonly directory: string;
  /** What a workload must be able to read: Node, the workers and their packages. */
  readonly readablePaths: readonly string[];
  readonly use: IsolationSwitches;
}

/** Tries what this machine can do. Takes some 20 ms, so it is asked once, when first needed. */
export function findIsolation(question: IsolationQuestion): Isolation {
  const { use, searchPath } = question;
  const isRoot = process.getuid?.() === 0;
  const setpriv = findTool(searchPath, "setpriv");
  const mount = bubblewrap(question) ?? (isRoot ? mountNamespace(question) : undefined);
  // Bubblewrap binds what the workload needs before the uid changes; elsewhere the new uid must get there by itself.
  const reachable = mount?.type === "bubblewrap" || (mount !== undefined && question.readablePaths.every(isOpenToAll));
  return {
    cgroups: use.cgroup ? findCgroups(question.directory) : undefined,
    mount,
    setpriv,
    ownUid: use.ownUid && isRoot && setpriv !== undefined && reachable,
  };
}

/** In words, for `clary doctor` and the log. */
export function describeIsolation(isolation: Isolation): readonly string[] {
  return [
    isolation.cgroups?.name ?? "no cgroup",
    isolation.ownUid ? "an unprivileged uid per workload" : "the server's own uid",
    isolation.mount === undefined ? "no mount namespace" : mountNames[isolation.mount.type],
  ];
}

const mountNames: Readonly<Record<MountMethod["type"], string>> = {
  bubblewrap: "bubblewrap",
  unshare: "mount namespace",
};

function findCgroups(directory: string): CgroupTree | undefined {
  const name = `clary-${createHash("sha256").update(directory).digest("hex").slice(0, 12)}`;
  return cgroupV1(kernelCgroups, name) ?? cgroupV2(kernelCgroups, name);
}

function bubblewrap({ use, searchPath }: IsolationQuestion): MountMethod | undefined {
  const bwrap = use.mount === "best" || use.mount === "bubblewrap" ? findTool(searchPath, "bwrap") : undefined;
  const works =
    bwrap !== undefined && succeeds(bwrap, ["--unshare-pid", "--ro-bind", "/", "/", "--dev", "/dev", "true"]);
  return works ? { type: "bubblewrap", bwrap } : undefined;
}

function mountNamespace({ use, searchPath }: IsolationQuestion): MountMethod | undefined {
  const unshare = use.mount === "best" || use.mount === "unshare" ? findTool(searchPath, "unshare") : undefined;
  if (unshare === undefined || !makeMountPoint()) {
    return undefined;
  }
  const works = succeeds(unshare, ["--mount", "sh", "-c", "mount --bind /opt/ml /opt/ml"]);
  return works ? { type: "unshare", unshare } : undefined;
}

/** `/opt/ml` has to exist for something to be mounted on it; it stays empty on the host. */
function makeMountPoint(): boolean {
  try {
    mkdirSync("/opt/ml", { recursive: true });
    return true;
  } catch {
    return false;
  }
}
