import { spawnSync } from "node:child_process";
import { mkdtempSync, rmdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A file system of its own, which is soon full. */
export interface SmallDisk {
  readonly path: string;
  remove(): void;
}

/** In memory; undefined where this process may not mount one. */
export function mountSmallDisk(megabytes: number): SmallDisk | undefined {
  const path = mkdtempSync(join(tmpdir(), "clary-disk-"));
  const words = ["-t", "tmpfs", "-o", `size=${megabytes}m,mode=0755`, "clary-test", path];
  if (spawnSync("mount", words).status !== 0) {
    rmdirSync(path);
    return undefined;
  }
  return {
    path,
    remove() {
      // Lazily: a process that has just been killed may still be on its way out of it.
      spawnSync("umount", ["-l", path]);
      rmdirSync(path);
    },
  };
}
