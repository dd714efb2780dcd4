import type { Statement } from "../database/database.ts";
import { queries, template } from "../database/queries.ts";
import { listDelimited, type Position, type ReadRows } from "./delimited-listing.ts";
import { afterPrefix, isBefore } from "./key-order.ts";
import { fromKeyText, toKeyText } from "./key-text.ts";
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
  const bounds = { bucket, ...(end === undefined ? {} : { end: toKeyText(end) }) };
  return async (position, limit) => {
    const { start, isIncluded } = beginsAt(position, query);
    const read = isIncluded ? readFrom : readAfter;
    const rows = await database.all<ListedRow>(read({ ...bounds, start: toKeyText(start), limit }));
    return rows.map(withKey);
  };
}

interface Beginning {
  readonly start: string;
  readonly isIncluded: boolean;
}

/** One bound: of two, SQLite would seek to either and read all keys between them. */
function beginsAt(position: Position<ListedRow>, { prefix, after }: ObjectListQuery): Beginning {
  switch (position.type) {
    case "from":
      return { start: position.key, isIncluded: true };
    case "after":
      return { start: position.row.key, isIncluded: false };
    case "start":
      return isBefore(after, prefix) ? { start: prefix, isIncluded: true } : { start: after, isIncluded: false };
  }
}

interface KeyRange {
  readonly bucket: string;
  readonly start: string;
  /** Excluded; undefined for no end. */
  readonly end?: string;
  readonly limit: number;
}

/** A page with many common prefixes reads a thousand times, so these are compiled once. */
const readFrom = keyRange(">=");
const readAfter = keyRange(">");

function keyRange(operator: ">=" | ">"): (range: KeyRange) => Statement {
  const bounded = template<{ bucket: string; start: string; end: string; limit: number }>((value) =>
    queries
      .selectFrom("objects")
      .select(["key", ...infoColumns])
      .where("bucket_id", "=", bucketId(value("bucket")))
      .where("key", operator, value("start"))
      .where("key", "<", value("end"))
      .orderBy("key")
      .limit(value("limit")),
  );
  const unbounded = template<{ bucket: string; start: string; limit: number }>((value) =>
    queries
      .selectFrom("objects")
      .select(["key", ...infoColumns])
      .where("bucket_id", "=", bucketId(value("bucket")))
      .where("key", operator, value("start"))
      .orderBy("key")
      .limit(value("limit")),
  );
  return ({ bucket, start, end, limit }) =>
    end === undefined ? unbounded({ bucket, start, limit }) : bounded({ bucket, start, end, limit });
}

function withKey(row: ListedRow): ListedRow {
  const key = fromKeyText(row.key);
  return key === row.key ? row : { ...row, key };
}
