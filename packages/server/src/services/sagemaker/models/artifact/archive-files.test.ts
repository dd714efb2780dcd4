import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { gunzipSync, gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { archiveOf, modelArchive } from "../../testing/model-archive.ts";
import { ArchiveError } from "./archive-error.ts";
import { archiveFiles } from "./archive-files.ts";
import { defaultArchiveLimits, type ArchiveLimits } from "./archive-limits.ts";

async function unpack(bytes: Uint8Array, limits: Partial<ArchiveLimits> = {}): Promise<Record<string, Buffer>> {
  const open = async (): Promise<Readable> => Readable.from([bytes]);
  const files = await archiveFiles(open, "model", { ...defaultArchiveLimits, ...limits });
  const contents: Record<string, Buffer> = {};
  for (const { path, content } of files) {
    contents[path] = Buffer.from(typeof content === "function" ? await buffer(await content()) : content);
  }
  return contents;
}

function isBelowModel(path: string): boolean {
  return path.startsWith("model/") && !path.split("/").includes("..");
}

describe("archiveFiles", () => {
  it("unpacks files, also below directories and with a leading ./", async () => {
    const archive = await archiveOf([
      { header: { name: "./", type: "directory" } },
      { header: { name: "./xgboost-model" }, content: "one" },
      { header: { name: "code/", type: "directory" } },
      { header: { name: "code/inference.py" }, content: "two" },
      { header: { name: "empty" }, content: "" },
    ]);
    expect(await unpack(archive)).toEqual({
      "model/xgboost-model": Buffer.from("one"),
      "model/code/inference.py": Buffer.from("two"),
      "model/empty": Buffer.from(""),
    });
  });

  it("streams what is too large to keep, from wherever it lies in the archive", async () => {
    const large = Buffer.alloc(5 * 1024 ** 2, "0123456789abcdef");
    const files = await unpack(await modelArchive({ a: "1", large, b: "2", other: Buffer.concat([large, large]) }));
    expect(files["model/large"]?.equals(large)).toBe(true);
    expect(files["model/other"]?.length).toBe(2 * large.length);
    expect(files["model/b"]).toEqual(Buffer.from("2"));
  });

  it("keeps the last of two files with one name, as tar does", async () => {
    const archive = await archiveOf([
      { header: { name: "m" }, content: "old" },
      { header: { name: "./m" }, content: "new" },
    ]);
    expect(await unpack(archive)).toEqual({ "model/m": Buffer.from("new") });
  });

  it.each([
    ["../escape", 'the archive holds the unsafe path "../escape"'],
    ["a/../../escape", 'the archive holds the unsafe path "a/../../escape"'],
    ["/etc/passwd", 'the archive holds the unsafe path "/etc/passwd"'],
  ])("refuses the path %s", async (name, message) => {
    const archive = await archiveOf([{ header: { name }, content: "x" }]);
    await expect(unpack(archive)).rejects.toThrow(message);
  });

  it.each(["symlink", "link", "character-device", "fifo"] as const)("refuses a %s", async (type) => {
    const archive = await archiveOf([{ header: { name: "innocent", type, linkname: "/etc/passwd" } }]);
    await expect(unpack(archive)).rejects.toThrow(`the archive holds "innocent", which is a ${type}`);
  });

  it("refuses a file below a file", async () => {
    const archive = await modelArchive({ a: "1", "a/b": "2" });
    await expect(unpack(archive)).rejects.toThrow('the archive holds "a/b" below a file');
  });

  it("refuses bombs by size, by ratio, by count and by headers", async () => {
    const zeros = await modelArchive({ zeros: Buffer.alloc(4 * 1024 ** 2) });
    await expect(unpack(zeros, { maxBytes: 1024 ** 2 })).rejects.toThrow("unpacks to more than 1048576 bytes");
    await expect(unpack(zeros, { ratioFromBytes: 1024 ** 2 })).rejects.toThrow(
      "unpacks to more than 250 times its size",
    );
    await expect(unpack(await modelArchive({ a: "1", b: "2" }), { maxEntries: 1 })).rejects.toThrow(
      "more than 1 entries",
    );
    const longName = await archiveOf([{ header: { name: "a", pax: { comment: "x".repeat(100_000) } }, content: "1" }]);
    await expect(unpack(longName, { maxHeaderBytes: 10_000 })).rejects.toThrow("oversized headers");
  });

  it.each([
    ["no gzip", Buffer.from("not an archive"), "the archive is damaged: incorrect header check"],
    ["no tar", gzipSync(Buffer.alloc(2048, "x")), "the archive is damaged: Invalid tar header"],
    ["nothing", Buffer.alloc(0), "the archive is damaged: unexpected end of file"],
  ])("refuses %s", async (_name, bytes, message) => {
    await expect(unpack(bytes)).rejects.toThrow(message);
  });

  it.each(["-1", "-600", "abc", "Infinity", "9007199254740993"])("refuses the extended size %s", async (size) => {
    const archive = await archiveOf([{ header: { name: "a", pax: { size } }, content: "hello" }]);
    await expect(unpack(archive)).rejects.toThrow(ArchiveError);
  });

  it("never hangs on, and never trusts, bytes that were changed", async () => {
    const whole = gunzipSync(await modelArchive({ "xgboost-model": Buffer.alloc(700, "m"), "code/a.py": "1" }));
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 8 }),
        async (changes) => {
          const bytes = Buffer.from(whole);
          changes.forEach(([at, value]) => (bytes[at] = value));
          const outcome = await unpack(gzipSync(bytes)).catch((error: unknown) => error);
          expect(outcome instanceof ArchiveError || Object.keys(outcome as object).every(isBelowModel)).toBe(true);
        },
      ),
      { numRuns: 200, seed: 1 },
    );
  });

  it("refuses an archive that was cut off, wherever", async () => {
    const whole = await modelArchive({ a: Buffer.alloc(3000, "abc"), b: "2" });
    for (const at of [1, 20, whole.length >> 1, whole.length - 1]) {
      await expect(unpack(whole.subarray(0, at))).rejects.toThrow("the archive is damaged: unexpected end of file");
    }
  });
});
