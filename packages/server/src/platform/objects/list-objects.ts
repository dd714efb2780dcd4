import { sql, type RawBuilder } from "kysely";
import { queries, statement } from "../database/queries.ts";
import { listDelimited, type Position, type ReadRows } from "./delimited-listing.ts";
import { fromKeyText, toKeyText } from "./key-text.ts";
import { afterPrefix, isBefore } from "./key-order.ts";
import { infoColumns, toObjectInfo, type InfoRow } from "./object-facts.ts";
import { bucketId } from "./object-statements.ts";
import type { ObjectListing, ObjectListQuery } from "./object-store.ts";
import type { StoreContext } from "./store-context.ts";

interface ListedRow extends InfoRow {
  readonly key: string;
}

export async function listObjects(
  context: StoreContext,
  bucket: string,
  query: ObjectListQuery,
): Promise<ObjectListing> {
  const page = await listDelimited(query, readObjects(context, bucket, query));
  return {
    objects: page.rows.map((row) => toObjectInfo({ bucket, key: row.key }, row)),
    commonPrefixes: page.commonPrefixes,
    ...(page.more && page.last !== undefined ? { next: page.last } : {}),
  };
}

function readObjects({ database }: StoreContext, bucket: string, query: ObjectListQuery): ReadRows<ListedRow> {
  const end = afterPrefix(query.prefix);
  return async (position, limit) => {
    let select = queries
      .selectFrom("objects")
      .select(["key", ...infoColumns])
      .where("bucket_id", "=", bucketId(bucket))
      .where(beginsAt(position, query))
      .orderBy("key")
      .limit(limit);
    if (end !== undefined) {
      select = select.where("key", "<", toKeyText(end));
    }
    const rows = await database.all<ListedRow>(statement(select));
    return rows.map(withKey);
  };
}

function withKey(row: ListedRow): ListedRow {
  const key = fromKeyText(row.key);
  return key === row.key ? row : { ...row, key };
}

/** One bound: of two, SQLite would seek to either and read all keys between them. */
function beginsAt(position: Position<ListedRow>, query: ObjectListQuery): RawBuilder<boolean> {
  switch (position.type) {
    case "from":
      return sql<boolean>`key >= ${toKeyText(position.key)}`;
    case "after":
      return sql<boolean>`key > ${toKeyText(position.row.key)}`;
    case "start":
      return isBefore(query.after, query.prefix)
        ? sql<boolean>`key >= ${toKeyText(query.prefix)}`
        : sql<boolean>`key > ${toKeyText(query.after)}`;
  }
}
