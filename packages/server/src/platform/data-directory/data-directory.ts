import { readFile, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { acquireLock, type DirectoryLock } from "./directory-lock.ts";
import { openEphemeralDirectory } from "./ephemeral-directory.ts";
import { makeDirectory } from "./make-directory.ts";

/** The one directory that holds a server's state. While it is open no other server can open it. */
export interface DataDirectory {
  /** Absolute. */
  readonly path: string;
  /** Whether it vanishes when it is closed. */
  readonly ephemeral: boolean;
  /** The path of a file below it; names are ours, never a client's. */
  file(...segments: readonly string[]): string;
  /** A directory below it, made (mode 0700) when it is not there. */
  directory(...segments: readonly string[]): Promise<string>;
  /** Notes the port, so that a second server's error and `clary status` can name it. */
  announce(port: number): Promise<void>;
  /** Removes one of its directories with all that is in it. */
  remove(...segments: readonly string[]): Promise<void>;
  /** Gives the directory free for the next server; an ephemeral one is removed. */
  close(): Promise<void>;
}

export interface DataDirectoryOptions {
  /** Ignored for an ephemeral directory. */
  readonly path: string;
  readonly ephemeral: boolean;
}

/** Who holds a directory. */
export interface ServerFacts {
  readonly pid: number;
  readonly port?: number;
}

export class DataDirectoryInUseError extends Error {
  override readonly name = "DataDirectoryInUseError";
  readonly holder: ServerFacts | undefined;

  constructor(path: string, holder: ServerFacts | undefined) {
    super(
      `The data directory ${path} is in use by another server${describeHolder(holder)}. ` +
        "Stop that server (clary stop) or choose another directory (--data-dir).",
    );
    this.holder = holder;
  }
}

/** Opens the directory, making it (mode 0700) when it is not there. Throws `DataDirectoryInUseError` while another server has it. */
export async function openDataDirectory(options: DataDirectoryOptions): Promise<DataDirectory> {
  if (options.ephemeral) {
    const fresh = openEphemeralDirectory();
    return dataDirectory(fresh.path, true, async () => {
      fresh.lock.release();
      fresh.remove();
    });
  }
  const path = resolve(options.path);
  await makeDirectory(path);
  const lock = await lockDirectory(path);
  return dataDirectory(path, false, async () => lock.release());
}

async function lockDirectory(path: string): Promise<DirectoryLock> {
  const lock = acquireLock(join(path, "lock"));
  if (lock === undefined) {
    throw new DataDirectoryInUseError(path, await readServerFacts(path));
  }
  return lock;
}

async function dataDirectory(path: string, ephemeral: boolean, release: () => Promise<void>): Promise<DataDirectory> {
  await writeServerFacts(path, { pid: process.pid });
  return {
    path,
    ephemeral,
    file: (...segments) => join(path, ...segments),
    directory: async (...segments) => {
      const directory = join(path, ...segments);
      await makeDirectory(directory);
      return directory;
    },
    remove: (...segments) => rm(join(path, ...segments), { recursive: true, force: true }),
    announce: (port) => writeServerFacts(path, { pid: process.pid, port }),
    close: release,
  };
}

/** What the last server to open `path` wrote; it may have ended since. Undefined when there is nothing readable. */
async function readServerFacts(path: string): Promise<ServerFacts | undefined> {
  try {
    const facts: unknown = JSON.parse(await readFile(join(path, "server.json"), "utf8"));
    return isServerFacts(facts) ? facts : undefined;
  } catch {
    // Absent, or cut short by a crash while it was written: only an error message needs it.
    return undefined;
  }
}

async function writeServerFacts(path: string, facts: ServerFacts): Promise<void> {
  await writeFile(join(path, "server.json"), `${JSON.stringify(facts)}\n`, { mode: 0o600 });
}

function isServerFacts(value: unknown): value is ServerFacts {
  return typeof value === "object" && value !== null && "pid" in value && typeof value.pid === "number";
}

function describeHolder(holder: ServerFacts | undefined): string {
  if (holder === undefined) {
    return "";
  }
  return holder.port === undefined ? ` (pid ${holder.pid})` : ` (pid ${holder.pid}, port ${holder.port})`;
}
