import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * Gives all tests of one run a temporary directory of their own, and removes it with what they leave in it. Its name is
 * short, because paths of sockets are bounded; workloads under users of their own must reach what lies below.
 */
export function setup(): () => void {
  const outside = process.env["TMPDIR"];
  const directory = mkdtempSync(join(tmpdir(), "c-"));
  chmodSync(directory, 0o755);
  process.env["TMPDIR"] = directory;
  return () => {
    if (outside === undefined) {
      delete process.env["TMPDIR"];
    } else {
      process.env["TMPDIR"] = outside;
    }
    rmSync(directory, { recursive: true, force: true });
  };
}
