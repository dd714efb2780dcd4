import { constants } from "node:fs";
import { type FileHandle, lstat, open, readdir, readlink, realpath } from "node:fs/promises";
import { dirname, join, resolve, sep } from "node:path";
import { Readable } from "node:stream";
import type { LeftFile } from "../compute-backend.ts";

/** A link to a link to …: more than any honest artifact has. */
const maxLinkDepth = 8;

/** The files below `<root>/<directory>`, sorted by path. Links are followed as the workload saw them, but never out of the root. */
export async function* leftFiles(root: string, directory: string): AsyncIterable<LeftFile> {
  const real = await realpath(root).catch(() => undefined);
  if (real !== undefined) {
    yield* walk(real, join(real, directory), "");
  }
}

async function* walk(root: string, base: string, relative: string): AsyncIterable<LeftFile> {
  const names = await readdir(join(base, relative)).catch(() => []);
  for (const name of names.toSorted(byCodeUnits)) {
    const path = relative === "" ? name : `${relative}/${name}`;
    const full = join(base, path);
    const info = await lstat(full).catch(() => undefined);
    if (info?.isDirectory() === true) {
      yield* walk(root, base, path);
    } else if (info !== undefined) {
      const file = await fileAt(root, full, path);
      if (file !== undefined) {
        yield file;
      }
    }
  }
}

async function fileAt(root: string, full: string, path: string): Promise<LeftFile | undefined> {
  const target = await resolveLink(root, full, 0);
  const info = target === undefined ? undefined : await lstat(target).catch(() => undefined);
  if (target === undefined || info?.isFile() !== true) {
    return undefined;
  }
  return {
    path,
    size: info.size,
    mode: info.mode & 0o777,
    modifiedAt: info.mtime,
    open: () => Readable.from(contents(root, target, info.size), { objectMode: false }),
  };
}

/** Where a path leads with links read as inside the workload, `/opt/ml` being `root`; undefined when that is outside or endless. */
async function resolveLink(root: string, path: string, depth: number): Promise<string | undefined> {
  if (depth > maxLinkDepth) {
    return undefined;
  }
  const info = await lstat(path).catch(() => undefined);
  if (info === undefined) {
    return undefined;
  }
  if (!info.isSymbolicLink()) {
    const real = await realpath(path).catch(() => undefined);
    return real !== undefined && isInside(root, real) ? real : undefined;
  }
  const text = await readlink(path);
  const target = text.startsWith("/opt/ml/") ? join(root, text.slice("/opt/ml".length)) : resolve(dirname(path), text);
  return isInside(root, target) ? await resolveLink(root, target, depth + 1) : undefined;
}

/**
 * Exactly `size` bytes of a file. A workload that still runs could swap a directory for a link between our look and this open,
 * so what was opened is looked at once more.
 */
async function* contents(root: string, path: string, size: number): AsyncIterable<Buffer> {
  const handle = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  try {
    await assertStillInside(root, handle);
    let position = 0;
    while (position < size) {
      const { bytesRead, buffer } = await handle.read({
        buffer: Buffer.allocUnsafe(Math.min(256 * 1024, size - position)),
        position,
      });
      if (bytesRead === 0) {
        throw new Error(`${path} became shorter while it was read`);
      }
      position += bytesRead;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await handle.close();
  }
}

async function assertStillInside(root: string, handle: FileHandle): Promise<void> {
  const opened = await readlink(`/proc/self/fd/${handle.fd}`).catch(() => undefined);
  if (opened !== undefined && !isInside(root, opened)) {
    throw new Error(`${opened} is not the workload's`);
  }
}

/** The same order everywhere, whatever the locale. */
function byCodeUnits(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function isInside(root: string, path: string): boolean {
  return path.startsWith(root + sep);
}
