import type { Database } from "../database/database.ts";
import { statement } from "../database/queries.ts";
import { listQuery, orderColumns, type RecordRow } from "./list-query.ts";
import { decodeCursor, encodeCursor } from "../cursor.ts";
import { findStatement, scopeText, writeStatement } from "./record-statements.ts";
import type { ListQuery, RecordPage, RecordStore, RecordWrite } from "./record-store.ts";
import { scanRecords, toRecord } from "./scan-records.ts";

/** Records in the embedded database. */
export function sqliteRecords(database: Database): RecordStore {
  const batch = async (writes: readonly RecordWrite[]): Promise<boolean> =>
    (await database.write(writes.map(writeStatement))).committed;

  return {
    async get<Body>(key: Parameters<RecordStore["get"]>[0]) {
      const row = await database.first<RecordRow>(findStatement(key));
      return row === undefined ? undefined : toRecord<Body>(row);
    },
    create: (key, body, facts) => batch([{ type: "create", key, body, ...facts }]),
    update: (key, expectedVersion, body, facts) => batch([{ type: "update", key, expectedVersion, body, ...facts }]),
    async delete(key) {
      const outcome = await database.write([writeStatement({ type: "delete", key })]);
      return outcome.committed && outcome.results[0]?.changes === 1;
    },
    list: (collection, scope, query) => listRecords(database, collection, scopeText(scope), query),
    scan: (collection, statuses) => scanRecords(database, collection, statuses),
    batch,
  };
}

async function listRecords<Body>(
  database: Database,
  collection: string,
  scope: string,
  query: ListQuery,
): Promise<RecordPage<Body>> {
  const listing = [collection, scope, query.orderBy, query.descending ? "descending" : "ascending"].join("\n");
  const after = query.after === undefined ? undefined : decodeCursor(listing, query.after);
  const rows = await database.all<RecordRow>(statement(listQuery(collection, scope, query, after)));
  const page = rows.slice(0, query.limit);
  const last = page.at(-1);
  const records = page.map((row) => toRecord<Body>(row));
  if (rows.length <= query.limit || last === undefined) {
    return { records };
  }
  return {
    records,
    cursor: encodeCursor(
      listing,
      orderColumns[query.orderBy].map((column) => last[column]),
    ),
  };
}
