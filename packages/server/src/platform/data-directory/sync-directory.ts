import { open } from "node:fs/promises";

/** Makes the names in a directory survive a power cut; syncing a file alone does not. */
export async function syncDirectory(path: string): Promise<void> {
  const handle = await open(path, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
