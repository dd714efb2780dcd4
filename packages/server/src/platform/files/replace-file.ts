import { open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { syncDirectory } from "../data-directory/sync-directory.ts";

/**
 * Writes a file so that a crash leaves either what was there before or all of `content`, with `mode` from its first byte
 * on. Returns when it would survive a power cut. One writer per path at a time.
 */
export async function replaceFile(path: string, content: string, mode: number): Promise<void> {
  const incoming = `${path}.incoming`;
  // What a crash left behind may have another mode; opening an existing file would keep it.
  await rm(incoming, { force: true });
  const file = await open(incoming, "wx", mode);
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(incoming, path);
  await syncDirectory(dirname(path));
}
