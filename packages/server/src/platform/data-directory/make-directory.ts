import { mkdir, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { syncDirectory } from "./sync-directory.ts";

/**
 * Makes the directory and what is missing above it, so that it survives a power cut. Level by level: Node's recursive mkdir
 * never ends where a parent exists and nothing can be made in it (`/proc`).
 */
export async function makeDirectory(path: string): Promise<void> {
  if (await isDirectory(path)) {
    return;
  }
  const parent = dirname(path);
  if (parent !== path) {
    await makeDirectory(parent);
  }
  await mkdir(path, { mode: 0o700 });
  await syncDirectory(parent);
}

/** False when there is nothing. Anything else that stands there is an error of mkdir's, in its own words. */
async function isDirectory(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  return found?.isDirectory() === true;
}
