import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Database } from "../database/database.ts";
import { openDatabase } from "../database/open-database.ts";
import { statement } from "../database/queries.ts";
import { temporaryDirectory } from "../testing/temporary-directory.ts";
import { listQuery } from "./list-query.ts";
import { describeRecordStore } from "./record-store.contract.ts";
import type { ListQuery } from "./record-store.ts";
import { sqliteRecords } from "./sqlite-records.ts";

describeRecordStore("sqlite", async () => {
  const directory = temporaryDirectory();
  const database = await openDatabase({ file: join(directory.path, "clary.db"), durable: true });
  return {
    store: sqliteRecords(database),
    async close() {
      await database.close();
      directory.remove();
    },
  };
});

describe("the plan of a list page", () => {
  const directory = temporaryDirectory();
  let database: Database;

  beforeAll(async () => {
    database = await openDatabase({ file: join(directory.path, "clary.db"), durable: false });
  });
  afterAll(async () => {
    await database.close();
    directory.remove();
  });

  const date = new Date(0);
  const filters: Partial<ListQuery>[] = [
    {},
    { status: "Failed" },
    { createdAfter: date, createdBefore: date },
    { modifiedAfter: date, modifiedBefore: date },
    { idPrefix: "a" },
    { idContains: "a" },
    { status: "Failed", createdAfter: date, modifiedBefore: date, idPrefix: "a" },
  ];

  it.each(["id", "createdAt", "modifiedAt", "status"] as const)(
    "by %s sorts nothing and scans no table",
    async (orderBy) => {
      const after = { id: ["a"], createdAt: [1, "a"], modifiedAt: [1, "a"], status: ["Failed", 1, "a"] }[orderBy];
      for (const filter of filters) {
        for (const position of [undefined, after]) {
          const query = listQuery("c", "s", { orderBy, descending: true, limit: 10, ...filter }, position);
          const { sql, parameters } = statement(query);
          const plan = await database.all<{ detail: string }>({ sql: `EXPLAIN QUERY PLAN ${sql}`, parameters });
          expect(plan.map((step) => step.detail).join("; ")).toMatch(
            /^SEARCH records USING INDEX records_by_\w+ \([^;]+\)$/,
          );
        }
      }
    },
  );
});
