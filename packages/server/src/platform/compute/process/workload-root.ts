import { createWriteStream } from "node:fs";
import { lchown, mkdir, writeFile } from "node:fs/promises";
import { dirname, join, normalize, posix } from "node:path";
import { pipeline } from "node:stream/promises";
import { ComputeError, type WorkloadFile } from "../compute-backend.ts";

/** Directories every container finds, whether or not it was given files. */
const directories = ["input/config", "input/data", "model", "output/data", "checkpoints"];

/** Files written at a time; more would only fight for the same disk. */
const writers = 4;

/** A workload's private `/opt/ml`. */
export interface WorkloadRoot {
  readonly path: string;
  /** The uid that owns everything in it; undefined leaves it to ours. */
  readonly owner: number | undefined;
}

/** Makes the root with its directories; `path` must not exist yet, its parent must. */
export async function makeWorkloadRoot(root: WorkloadRoot): Promise<void> {
  await mkdir(root.path, { mode: 0o700 });
  await own(root, root.path);
  for (const directory of directories) {
    await makeDirectories(root, directory, new Set());
  }
}

/**
 * Writes a workload's files. Rejects with what a file's own stream failed with, or with a ComputeError when a path leaves the
 * root or the disk refuses.
 */
export async function writeWorkloadFiles(root: WorkloadRoot, files: readonly WorkloadFile[]): Promise<void> {
  const made = new Set<string>();
  const remaining = files.values();
  const write = async (): Promise<void> => {
    for (const file of remaining) {
      await writeOne(root, file, made);
    }
  };
  await Promise.all(Array.from({ length: Math.min(writers, files.length) }, write));
}

async function writeOne(root: WorkloadRoot, file: WorkloadFile, made: Set<string>): Promise<void> {
  const relative = checkedPath(file.path);
  try {
    await makeDirectories(root, dirname(relative), made);
    const path = join(root.path, relative);
    if (typeof file.content === "function") {
      await pipeline(await file.content(), createWriteStream(path, { flags: "wx" }));
    } else {
      await writeFile(path, file.content, { flag: "wx" });
    }
    await own(root, path);
  } catch (error) {
    throw asComputeError(file.path, error);
  }
}

/** `path`, unless it is absolute, climbs, or says something a file system would read otherwise. */
function checkedPath(path: string): string {
  const clean = path !== "" && !path.includes("\0") && !path.includes("\\") && !posix.isAbsolute(path);
  if (
    !clean ||
    path.split("/").some((part) => part === ".." || part === "." || part === "") ||
    normalize(path) !== path
  ) {
    throw new ComputeError(`"${path}" cannot be the path of a file below /opt/ml`);
  }
  return path;
}

async function makeDirectories(root: WorkloadRoot, relative: string, made: Set<string>): Promise<void> {
  if (relative === "." || made.has(relative)) {
    return;
  }
  await makeDirectories(root, dirname(relative), made);
  const path = join(root.path, relative);
  await mkdir(path, { recursive: true, mode: 0o755 });
  await own(root, path);
  made.add(relative);
}

/** A FIFO's, file's or directory's owner becomes the workload's uid. */
export async function own(root: WorkloadRoot, path: string): Promise<void> {
  if (root.owner !== undefined) {
    await lchown(path, root.owner, root.owner);
  }
}

/** What a file system says about a name or about its own state; errors of a file's source stay as they are. */
const diskCodes: Readonly<Record<string, string>> = {
  ENOSPC: "no space is left on the disk",
  EDQUOT: "the disk quota is exceeded",
  ENAMETOOLONG: "its name is too long for a file",
  EEXIST: "there is already a file of this name",
  ENOTDIR: "a part of its path is a file",
  EISDIR: "there is already a directory of this name",
  EROFS: "the file system is read-only",
};

function asComputeError(path: string, error: unknown): unknown {
  const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
  const reason = code === undefined ? undefined : diskCodes[code];
  return reason === undefined ? error : new ComputeError(`cannot write ${path}: ${reason}`, { cause: error });
}
