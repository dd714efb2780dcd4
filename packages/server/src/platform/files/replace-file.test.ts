import { mkdtemp, readFile, readdir, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { replaceFile } from "./replace-file.ts";

describe("replaceFile", () => {
  it("replaces content and mode and leaves nothing else behind", async () => {
    const directory = await mkdtemp(join(tmpdir(), "clary-files-"));
    const path = join(directory, "key.pem");
    await writeFile(path, "old and longer", { mode: 0o644 });
    await writeFile(`${path}.incoming`, "left by a crash", { mode: 0o644 });

    await replaceFile(path, "new", 0o600);

    expect(await readFile(path, "utf8")).toBe("new");
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(await readdir(directory)).toEqual(["key.pem"]);
  });
});
