import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { temporaryDirectory } from "../testing/temporary-directory.ts";

const program = fileURLToPath(new URL("./testing/full-disk-writer.js", import.meta.url));

/** Runs a shell line with a small file system of its own mounted at `$0`; only Linux has such namespaces, and not everywhere. */
function withSmallDisk(directory: string, line: string, ...args: readonly string[]): ReturnType<typeof spawnSync> {
  const mount = 'mount -t tmpfs -o size=6m tmpfs "$0"';
  return spawnSync(
    "unshare",
    ["--user", "--map-root-user", "--mount", "sh", "-c", `${mount} && ${line}`, directory, ...args],
    {
      encoding: "utf8",
    },
  );
}

describe("a full disk", () => {
  const directory = temporaryDirectory();
  const isPossible = withSmallDisk(directory.path, "true").status === 0;
  if (!isPossible) {
    console.warn("SKIPPED: the full-disk test needs unprivileged mount namespaces (unshare --user --mount).");
  }

  it.skipIf(!isPossible)(
    "refuses what does not fit, keeps what was acknowledged, and recovers",
    { timeout: 60_000 },
    () => {
      const run = withSmallDisk(directory.path, 'exec "$1" "$2" "$0"', process.execPath, program);
      directory.remove();
      expect(run.stderr).toBe("");
      const seen: unknown = JSON.parse(String(run.stdout));
      expect(seen).toMatchObject({
        errors: ["StorageError: There is no space left for the data directory."],
        unfinishedFiles: 0,
        wrongWhileFull: 0,
        recovered: true,
        wrongAfter: 0,
        unexpected: 0,
      });
    },
  );
});
