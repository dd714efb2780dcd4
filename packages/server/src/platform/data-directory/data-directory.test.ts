import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openDataDirectory } from "./data-directory.ts";

let parent: string;

beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), "clary-test-"));
});

afterEach(() => {
  rmSync(parent, { recursive: true, force: true });
});

/** Another process that holds the directory's lock until it is killed. */
async function lockElsewhere(path: string): Promise<ReturnType<typeof spawn>> {
  const libsql = createRequire(import.meta.url).resolve("libsql");
  const program = `
    const Connection = require(${JSON.stringify(libsql)});
    new Connection(${JSON.stringify(join(path, "lock"))}).exec("BEGIN EXCLUSIVE");
    console.log("locked");
    setInterval(() => {}, 1000);
  `;
  const child = spawn(process.execPath, ["-e", program], { stdio: ["ignore", "pipe", "inherit"] });
  await once(child.stdout, "data");
  return child;
}

describe("openDataDirectory", () => {
  it("makes a private directory and names paths below it", async () => {
    const path = join(parent, "a", "b");
    const directory = await openDataDirectory({ path, ephemeral: false });
    expect(statSync(path).mode & 0o777).toBe(0o700);
    expect(directory.file("clary.db")).toBe(join(path, "clary.db"));
    expect(await directory.directory("blobs", "00")).toBe(join(path, "blobs", "00"));
    expect(statSync(join(path, "blobs", "00")).mode & 0o777).toBe(0o700);
    await directory.close();
  });

  it.runIf(process.platform === "linux")("gives up where nothing can be made", async () => {
    await expect(openDataDirectory({ path: "/proc/clary/data", ephemeral: false })).rejects.toThrow(/ENOENT/);
  });

  it("refuses a second server, naming the first, until the first has closed", async () => {
    const path = join(parent, "data");
    const first = await openDataDirectory({ path, ephemeral: false });
    await first.announce(4545);
    await expect(openDataDirectory({ path, ephemeral: false })).rejects.toThrow(
      `The data directory ${path} is in use by another server (pid ${process.pid}, port 4545). ` +
        "Stop that server (clary stop) or choose another directory (--data-dir).",
    );
    await first.close();
    const second = await openDataDirectory({ path, ephemeral: false });
    await second.close();
  });

  it("is free again when the process that held it was killed", async () => {
    const path = join(parent, "data");
    await (await openDataDirectory({ path, ephemeral: false })).close();
    const holder = await lockElsewhere(path);
    await expect(openDataDirectory({ path, ephemeral: false })).rejects.toThrow("is in use by another server");
    holder.kill("SIGKILL");
    await once(holder, "exit");
    await (await openDataDirectory({ path, ephemeral: false })).close();
  });

  it("removes an ephemeral directory when it is closed, and one that a killed server left when the next opens", async () => {
    const first = await openDataDirectory({ path: "", ephemeral: true });
    const second = await openDataDirectory({ path: "", ephemeral: true });
    expect(existsSync(first.path)).toBe(true);
    expect(second.path).not.toBe(first.path);
    await first.close();
    expect(existsSync(first.path)).toBe(false);

    const abandoned = mkdtempSync(join(second.path, "..", "clary-ephemeral-"));
    const holder = await lockElsewhere(abandoned);
    const third = await openDataDirectory({ path: "", ephemeral: true });
    expect(existsSync(abandoned)).toBe(true);
    holder.kill("SIGKILL");
    await once(holder, "exit");
    const fourth = await openDataDirectory({ path: "", ephemeral: true });
    expect(existsSync(abandoned)).toBe(false);
    for (const directory of [second, third, fourth]) {
      await directory.close();
    }
  });
});
