import { type Database } from "../database/database.ts";
import { queries, statement } from "../database/queries.ts";
import { mergeSorted } from "../merge-sorted.ts";
import { decodeBody } from "./record-body.ts";
import { listQuery, type RecordRow } from "./list-query.ts";
import type { RecordKey, StoredRecord } from "./record-store.ts";
import { scopeFromText, versionOf } from "./record-statements.ts";

const pageSize = 200;

type ScannedRow = RecordRow & { readonly scope: string };

/** Reads a collection over all scopes by creation, a page of each scope at a time. */
export async function* scanRecords<Body>(
  database: Database,
  collection: string,
  statuses: readonly string[] | undefined,
): AsyncGenerator<StoredRecord<Body> & { readonly key: RecordKey }, void, undefined> {
  const scopes = await findScopes(database, collection);
  const sources = scopes.flatMap((scope) =>
    (statuses ?? [undefined]).map((status) => scanScope(database, collection, scope, status)),
  );
  for await (const row of mergeSorted(sources, (left, right) => left.created_at - right.created_at)) {
    yield { ...toRecord<Body>(row), key: { collection, scope: scopeFromText(row.scope), id: row.id } };
  }
}

export function toRecord<Body>(row: RecordRow): StoredRecord<Body> {
  return {
    id: row.id,
    version: versionOf(row),
    createdAt: new Date(row.created_at),
    modifiedAt: new Date(row.modified_at),
    status: row.status,
    body: decodeBody(row.body) as Body,
  };
}

/** Seeks from scope to scope instead of reading all records for their scopes. */
async function findScopes(database: Database, collection: string): Promise<readonly string[]> {
  const scopes: string[] = [];
  for (let last = ""; ;) {
    const query = queries
      .selectFrom("records")
      .select("scope")
      .where("collection", "=", collection)
      .where("scope", ">", last)
      .orderBy("scope")
      .limit(1);
    const next = await database.first<{ scope: string }>(statement(query));
    if (next === undefined) {
      return scopes;
    }
    scopes.push(next.scope);
    last = next.scope;
  }
}

async function* scanScope(
  database: Database,
  collection: string,
  scope: string,
  status: string | undefined,
): AsyncGenerator<ScannedRow, void, undefined> {
  const query = {
    orderBy: "createdAt",
    descending: false,
    limit: pageSize,
    ...(status === undefined ? {} : { status }),
  } as const;
  for (let after: readonly [number, string] | undefined; ;) {
    const rows = await database.all<RecordRow>(statement(listQuery(collection, scope, query, after)));
    for (const row of rows) {
      yield { ...row, scope };
      after = [row.created_at, row.id];
    }
    if (rows.length <= pageSize) {
      return;
    }
  }
}
