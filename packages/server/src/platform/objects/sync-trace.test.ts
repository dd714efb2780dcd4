import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { temporaryDirectory } from "../testing/temporary-directory.ts";

// `kill -9` leaves the kernel's memory alone, so that only the calls themselves show that a write would survive a power cut.
const program = fileURLToPath(new URL("./testing/put-writer.js", import.meta.url));
const isPossible = spawnSync("strace", ["-V"]).status === 0;
const puts = 5;

/** The syncs and renames between the beginning and the acknowledgement of each put, by what they were done to. */
function traceOfPuts(size: number): readonly (readonly string[])[] {
  const directory = temporaryDirectory();
  const trace = join(directory.path, "trace");
  const calls = "trace=fsync,fdatasync,rename,write";
  const run = spawnSync(
    "strace",
    ["-f", "-y", "-s", "80", "-e", calls, "-o", trace, process.execPath, program, directory.path, `${size}`, `${puts}`],
    { encoding: "utf8" },
  );
  expect(run.stderr).toBe("");
  const text = readFileSync(trace, "utf8");
  const found = Array.from({ length: puts }, (_, index) =>
    stepsOf(text.slice(text.indexOf(`"begin ${index}\\n`), text.indexOf(`"acknowledged ${index}\\n`))),
  );
  directory.remove();
  return found;
}

function stepsOf(trace: string): readonly string[] {
  const steps = /(fsync|fdatasync|rename)\((?:\d+<)?"?([^>",)]+)/g;
  return [...trace.matchAll(steps)].map(([, call = "", path = ""]) => `${call} ${kindOf(path)}`);
}

function kindOf(path: string): string {
  const kinds: readonly [RegExp, string][] = [
    [/-wal$/, "log"],
    [/\/unfinished\/[0-9a-f]+$/, "file"],
    [/\/blobs\/[0-9a-f]{2}$/, "folder"],
    [/\/blobs$/, "top folder"],
  ];
  return kinds.find(([form]) => form.test(path))?.[1] ?? path;
}

describe("what is synced before a put is acknowledged", () => {
  if (!isPossible) {
    console.warn("SKIPPED: the trace of synced writes needs strace (apt-get install strace).");
  }

  it.skipIf(!isPossible)("a small object: the database's log", { timeout: 60_000 }, () => {
    const steps = traceOfPuts(4096);
    expect(steps).toEqual(Array.from({ length: puts }, () => ["fsync log"]));
  });

  it.skipIf(!isPossible)("a large object: its bytes, its name, then the database's log", { timeout: 60_000 }, () => {
    const steps = traceOfPuts(300_000);
    // Each of the first blobs is the first of its folder, whose own name is then synced too.
    const expected = ["fdatasync file", "fsync top folder", "rename file", "fsync folder", "fsync log"];
    expect(steps).toEqual(Array.from({ length: puts }, () => expected));
  });
});
