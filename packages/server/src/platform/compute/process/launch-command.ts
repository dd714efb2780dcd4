import { existsSync } from "node:fs";
import { dirname } from "node:path";
import type { Isolation } from "./isolation.ts";

/** What a workload's process is started with. */
export interface LaunchPlan {
  /** The worker's main file. */
  readonly main: string;
  /** The workload's private root: what it sees as `/opt/ml`. */
  readonly root: string;
  /** A directory of its own for its socket, at the same path inside and outside. */
  readonly socketDirectory: string;
  readonly uid: number | undefined;
  readonly procsFiles: readonly string[];
  /** Paths that stay visible, read-only, in a mount namespace. */
  readonly readablePaths: readonly string[];
}

/** Node ends at once when it may not read the machine's OpenSSL configuration, which some keep closed; workers need none. */
const nodeOptions = ["--openssl-config=/dev/null"];

/** Where bubblewrap writes the pid of the process it starts, as JSON. */
export const infoFd = 3;

/** A pipe that only the server holds open: its end is the server's. */
export const guardFd = 4;

/**
 * Joins the control groups, leaves a guard behind, makes one stream of both outputs and becomes the command. `$1` is the number of
 * groups. The guard kills the whole process group when the server is gone. Parent-death signals alone are not enough: a
 * bubblewrap whose monitor was killed while it started was seen to wait for it for ever.
 */
const joinScript = `n=$1; shift
while [ "$n" -gt 0 ]; do echo $$ > "$1" || exit 97; shift; n=$((n-1)); done
( exec <&${guardFd} ${infoFd}>&- >/dev/null 2>&1; read -r _; kill -s KILL -- -$$ ) &
exec "$@" 2>&1 ${guardFd}<&-`;

/** Gives `/opt/ml` of this mount namespace to the workload and becomes the command. */
const mountScript = `mount --bind "$1" /opt/ml || exit 98
shift
exec "$@"`;

/**
 * The command line of a workload, outermost first: join the control groups, enter a mount namespace, drop rights, run the worker.
 * Each step replaces itself by the next, so no helper stays behind (bubblewrap alone keeps a monitor).
 */
export function launchCommand(isolation: Isolation, plan: LaunchPlan): readonly string[] {
  const worker = [...dropRights(isolation, plan), process.execPath, ...nodeOptions, plan.main];
  const join = ["/bin/sh", "-c", joinScript, "sh", String(plan.procsFiles.length), ...plan.procsFiles];
  return [...join, ...enterMounts(isolation, plan), ...worker];
}

function dropRights({ setpriv }: Isolation, { uid }: LaunchPlan): readonly string[] {
  if (setpriv === undefined) {
    return [];
  }
  const identity = uid === undefined ? [] : ["--reuid", String(uid), "--regid", String(uid), "--clear-groups"];
  return [setpriv, ...identity, "--no-new-privs", "--pdeathsig", "KILL", "--"];
}

function enterMounts({ mount }: Isolation, plan: LaunchPlan): readonly string[] {
  switch (mount?.type) {
    case undefined:
      return [];
    case "unshare":
      return [mount.unshare, "--mount", "--propagation", "private", "/bin/sh", "-c", mountScript, "sh", plan.root];
    case "bubblewrap":
      return [mount.bwrap, ...bubblewrapOptions(plan), "--"];
  }
}

/** The system's programs and libraries, and what name and certificate look-ups read; nothing of any user's. */
const systemPaths = ["/usr", "/etc/ld.so.cache", "/etc/ssl", "/etc/pki", "/etc/ca-certificates", "/etc/passwd"];
const networkPaths = ["/etc/resolv.conf", "/etc/hosts", "/etc/nsswitch.conf", "/etc/localtime"];
/** Links into /usr on merged systems, directories on others. */
const rootDirectories = ["/bin", "/sbin", "/lib", "/lib32", "/lib64", "/nix"];

function bubblewrapOptions(plan: LaunchPlan): readonly string[] {
  const visible = [...systemPaths, ...networkPaths, ...rootDirectories, ...plan.readablePaths].filter(existsSync);
  const mountPoints = [...visible, "/opt/ml", plan.socketDirectory];
  return [
    "--unshare-pid",
    "--unshare-ipc",
    "--unshare-uts",
    "--as-pid-1",
    "--die-with-parent",
    ...option("--info-fd", String(infoFd)),
    ...option("--proc", "/proc"),
    ...option("--dev", "/dev"),
    ...option("--tmpfs", "/tmp"),
    // Bubblewrap would make missing parents itself, closed to every uid but its own.
    ...[...new Set(mountPoints.flatMap(parents))].flatMap((path) => option("--dir", path)),
    ...visible.flatMap((path) => option("--ro-bind", path, path)),
    ...option("--bind", plan.root, "/opt/ml"),
    ...option("--bind", plan.socketDirectory, plan.socketDirectory),
    ...option("--chdir", "/opt/ml"),
  ];
}

/** One option with its values, kept together where they are listed. */
function option(...words: readonly string[]): readonly string[] {
  return words;
}

/** The directories above a path, outermost first, without the root. */
function parents(path: string): readonly string[] {
  const above = dirname(path);
  return above === dirname(above) ? [] : [...parents(above), above];
}
