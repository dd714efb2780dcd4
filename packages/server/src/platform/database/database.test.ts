import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Database, Statement } from "./database.ts";
import { openDatabase } from "./open-database.ts";
import { queries, statement, template } from "./queries.ts";

let directory: string;
let database: Database;

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), "clary-test-"));
  database = await openDatabase({ file: join(directory, "clary.db"), durable: true });
});

afterEach(async () => {
  await database.close();
  rmSync(directory, { recursive: true, force: true });
});

const insertBucket = template<{ name: string }>(
  (value) =>
    queries
      .insertInto("buckets")
      .values({ name: value("name"), account: "1", region: "r", created_at: 0, settings: "{}" })
      .onConflict((conflict) => conflict.doNothing()),
  { expectChanges: 1 },
);

const bucketNames = statement(queries.selectFrom("buckets").select("name").orderBy("name"));

async function names(): Promise<readonly string[]> {
  return (await database.all<{ name: string }>(bucketNames)).map((row) => row.name);
}

describe("openDatabase", () => {
  it("reads what was written, also after it was opened again", async () => {
    await database.write([insertBucket({ name: "a" }), insertBucket({ name: "b" })]);
    expect(await names()).toEqual(["a", "b"]);
    await database.close();
    database = await openDatabase({ file: join(directory, "clary.db"), durable: true });
    expect(await names()).toEqual(["a", "b"]);
  });

  it("undoes all of a caller's statements when one does not meet its expectation, and nobody else's", async () => {
    const outcomes = await Promise.all([
      database.write([insertBucket({ name: "a" })]),
      database.write([insertBucket({ name: "b" }), insertBucket({ name: "a" })]),
      database.write([insertBucket({ name: "c" })]),
    ]);
    expect(outcomes.map((outcome) => outcome.committed)).toEqual([true, false, true]);
    expect(outcomes[1]).toEqual({ committed: false, failedStatement: 1 });
    expect(await names()).toEqual(["a", "c"]);
  });

  it("rejects only the caller whose statement is wrong", async () => {
    const wrong: Statement = { sql: "INSERT INTO nowhere VALUES (1)", parameters: [] };
    const [good, bad] = await Promise.allSettled([
      database.write([insertBucket({ name: "a" })]),
      database.write([insertBucket({ name: "b" }), wrong]),
    ]);
    expect(good.status).toBe("fulfilled");
    expect(bad).toMatchObject({ status: "rejected", reason: { message: "no such table: nowhere" } });
    expect(await names()).toEqual(["a"]);
  });

  it("gives back the rows of RETURNING, and bytes as they were", async () => {
    const bytes = Uint8Array.from([0, 255, 10]);
    const outcome = await database.write([
      statement(
        queries
          .insertInto("object_bytes")
          .values({ content_id: 7, checksum: 1, bytes: new Uint8Array([9, ...bytes]).subarray(1) })
          .returning(["content_id", "bytes"]),
        { returning: true, expectChanges: 1 },
      ),
    ]);
    expect(outcome).toMatchObject({ committed: true, results: [{ changes: 1, rows: [{ content_id: 7 }] }] });
    const stored = await database.first<{ bytes: Uint8Array }>(
      statement(queries.selectFrom("object_bytes").select("bytes").where("content_id", "=", 7)),
    );
    expect(Uint8Array.from(stored?.bytes ?? [])).toEqual(bytes);
  });

  it("refuses values that would end the process in libsql", () => {
    expect(() =>
      statement(
        queries
          .selectFrom("buckets")
          .selectAll()
          .where("name", "=", true as unknown as string),
      ),
    ).toThrow("SQL parameters are strings, finite numbers, bytes and null, not boolean");
  });

  it("commits everything that was accepted before it closes", async () => {
    const writes = Array.from({ length: 50 }, (_, index) => database.write([insertBucket({ name: `b${index}` })]));
    await database.close();
    expect((await Promise.all(writes)).every((outcome) => outcome.committed)).toBe(true);
    await expect(database.write([insertBucket({ name: "late" })])).rejects.toThrow("The database is closed.");
    database = await openDatabase({ file: join(directory, "clary.db"), durable: true });
    expect(await names()).toHaveLength(50);
  });

  it("refuses a database of a newer server", async () => {
    await database.write([{ sql: "PRAGMA user_version = 999", parameters: [] }]);
    await expect(openDatabase({ file: join(directory, "clary.db"), durable: true })).rejects.toThrow(
      "The database has schema version 999",
    );
  });
});
