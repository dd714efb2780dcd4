import { accessSync, constants, existsSync, mkdtempSync, readdirSync, rmSync, statfsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { acquireLock, type DirectoryLock } from "./directory-lock.ts";

/** Linux's memory-backed file system, where there is one. */
const memoryRoot = "/dev/shm";
const namePrefix = "clary-ephemeral-";
/** Containers often have 64 MB there, which one data set fills. */
const leastMemory = 2 ** 29;
const attempts = 5;

export interface EphemeralDirectory {
  readonly path: string;
  readonly lock: DirectoryLock;
  /** Call after the lock was released. Also runs when the process exits on its own. */
  remove(): void;
}

/** A fresh private directory, in memory where the machine offers that. What killed servers left behind is removed first. */
export function openEphemeralDirectory(): EphemeralDirectory {
  const root = isRoomy(memoryRoot) ? memoryRoot : tmpdir();
  removeAbandoned(root);
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const path = mkdtempSync(join(root, namePrefix));
    const lock = tryLock(path);
    if (lock !== undefined) {
      return { path, lock, remove: removeAtExit(path) };
    }
  }
  throw new Error(`No private directory could be made below ${root}.`);
}

/** Undefined when a server that starts at the same moment took the new directory for an abandoned one. */
function tryLock(path: string): DirectoryLock | undefined {
  try {
    return acquireLock(join(path, "lock"));
  } catch (error) {
    if (existsSync(path)) {
      throw error;
    }
    return undefined;
  }
}

function removeAtExit(path: string): () => void {
  const remove = (): void => {
    process.removeListener("exit", remove);
    rmSync(path, { recursive: true, force: true });
  };
  process.once("exit", remove);
  return remove;
}

/** A directory whose lock can be had belongs to no living server; process ids would not tell, across containers. */
function removeAbandoned(root: string): void {
  for (const name of readdirSync(root)) {
    const path = join(root, name);
    if (!name.startsWith(namePrefix) || !isWritable(path) || !existsSync(join(path, "lock"))) {
      continue;
    }
    const lock = tryLock(path);
    if (lock !== undefined) {
      rmSync(path, { recursive: true, force: true });
      lock.release();
    }
  }
}

function isRoomy(path: string): boolean {
  if (!isWritable(path)) {
    return false;
  }
  const { bavail, bsize } = statfsSync(path);
  return bavail * bsize >= leastMemory;
}

function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK | constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
