import { randomBytes } from "node:crypto";
import { readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { manualClock } from "../clock/manual-clock.ts";
import type { Database } from "../database/database.ts";
import { openDatabase } from "../database/open-database.ts";
import { seededIds } from "../ids/seeded-ids.ts";
import { temporaryDirectory } from "../testing/temporary-directory.ts";
import { diskObjects, type DiskObjects } from "./disk-objects.ts";
import { CorruptObjectError } from "./object-errors.ts";
import { describeObjectStore } from "./object-store.contract.ts";

function blobFiles(directory: string): readonly string[] {
  return readdirSync(directory, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

describeObjectStore("disk", async () => {
  const directory = temporaryDirectory();
  const database = await openDatabase({ file: join(directory.path, "clary.db"), durable: true });
  const clock = manualClock(new Date("2024-01-01T00:00:00Z"));
  const blobs = join(directory.path, "blobs");
  const store = await diskObjects(database, { directory: blobs, clock, ids: seededIds("objects") });
  return {
    store,
    clock,
    async blobCount() {
      await store.sweep();
      return blobFiles(blobs).length;
    },
    async close() {
      await database.close();
      directory.remove();
    },
  };
});

describe("stored bytes that changed", () => {
  const directory = temporaryDirectory();
  const blobs = join(directory.path, "blobs");
  let database: Database;
  let store: DiskObjects;
  beforeAll(async () => {
    database = await openDatabase({ file: join(directory.path, "clary.db"), durable: true });
    const clock = manualClock(new Date(0));
    store = await diskObjects(database, { directory: blobs, clock, ids: seededIds("corrupt") });
    await store.createBucket({ name: "b", account: "1", region: "r" });
  });
  afterAll(async () => {
    await database.close();
    directory.remove();
  });

  async function read(key: string, range?: { start: number; end: number }): Promise<number> {
    const object = await store.open("b", key);
    try {
      let size = 0;
      for await (const piece of object?.stream(range) ?? []) {
        size += piece.length;
      }
      return size;
    } finally {
      await object?.close();
    }
  }

  it("fail the read of a small object", async () => {
    await store.put("b", "small", Buffer.from("abc"));
    await database.write([{ sql: "UPDATE object_bytes SET bytes = ?", parameters: [Buffer.from("abd")] }]);
    await expect(read("small")).rejects.toThrow(CorruptObjectError);
  });

  it("fail reads of the block they are in, and no others", async () => {
    const block = 2 ** 20;
    await store.put("b", "large", randomBytes(3 * block));
    const [file = ""] = blobFiles(blobs);
    const bytes = readFileSync(file);
    bytes.writeUInt8(bytes.readUInt8(block + 5) ^ 1, block + 5);
    writeFileSync(file, bytes);
    await expect(read("large")).rejects.toThrow(CorruptObjectError);
    await expect(read("large", { start: 2 * block - 1, end: 2 * block })).rejects.toThrow(CorruptObjectError);
    expect(await read("large", { start: 0, end: block - 1 })).toBe(block);
    expect(await read("large", { start: 2 * block, end: 3 * block - 1 })).toBe(block);

    truncateSync(file, 2 * block);
    await expect(read("large", { start: 2 * block, end: 2 * block })).rejects.toThrow(CorruptObjectError);
    rmSync(file);
    await expect(read("large", { start: 0, end: 0 })).rejects.toThrow("is missing");
  });
});
