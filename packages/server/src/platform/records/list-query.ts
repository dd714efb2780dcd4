import { sql, type RawBuilder, type SelectQueryBuilder } from "kysely";
import { queries, type Tables } from "../database/queries.ts";
import type { RecordsTable } from "../database/tables/record-tables.ts";
import type { CursorValues } from "../cursor.ts";
import type { ListQuery } from "./record-store.ts";

/** What a listing needs of each row. */
export const recordColumns = ["id", "number", "revision", "created_at", "modified_at", "status", "body"] as const;
export type RecordRow = Pick<RecordsTable, Exclude<(typeof recordColumns)[number], "number">> & {
  readonly number: number;
};

type Column = "id" | "created_at" | "modified_at" | "status";

/** The columns each order goes by; the last makes it total. Each is the beginning of an index, after collection and scope. */
export const orderColumns: Readonly<Record<ListQuery["orderBy"], readonly Column[]>> = {
  id: ["id"],
  createdAt: ["created_at", "id"],
  modifiedAt: ["modified_at", "id"],
  status: ["status", "created_at", "id"],
};

type RecordsQuery = SelectQueryBuilder<Tables, "records", RecordRow>;

/** One record more than the page holds, which tells whether there are more. */
export function listQuery(
  collection: string,
  scope: string,
  query: ListQuery,
  after: CursorValues | undefined,
): RecordsQuery {
  const columns = orderColumns[query.orderBy];
  let select: RecordsQuery = queries
    .selectFrom("records")
    .select(recordColumns)
    .where("collection", "=", collection)
    .where("scope", "=", scope);
  if (after !== undefined) {
    select = select.where(isBeyond(columns, after, query.descending));
  }
  for (const condition of filters(query)) {
    select = select.where(condition);
  }
  for (const column of columns) {
    select = select.orderBy(column, query.descending ? "desc" : "asc");
  }
  return select.limit(query.limit + 1);
}

function isBeyond(columns: readonly Column[], values: CursorValues, descending: boolean): RawBuilder<boolean> {
  const left = sql.join(columns.map((column) => sql.ref(column)));
  const right = sql.join(values.map((value) => sql`${value}`));
  return sql<boolean>`(${left}) ${sql.raw(descending ? "<" : ">")} (${right})`;
}

function filters(query: ListQuery): readonly RawBuilder<boolean>[] {
  const orderedBy = orderColumns[query.orderBy];
  // `+` keeps SQLite from choosing an index by a filter, which would make it sort all that match for every page.
  const column = (name: Column, isIndexed: boolean): RawBuilder<unknown> =>
    isIndexed ? sql.ref(name) : sql`+${sql.ref(name)}`;
  const compare = (name: Column, operator: string, date: Date | undefined): readonly RawBuilder<boolean>[] =>
    date === undefined
      ? []
      : [sql<boolean>`${column(name, orderedBy[0] === name)} ${sql.raw(operator)} ${date.getTime()}`];
  return [
    ...compare("created_at", ">=", query.createdAfter),
    ...compare("created_at", "<=", query.createdBefore),
    ...compare("modified_at", ">=", query.modifiedAfter),
    ...compare("modified_at", "<=", query.modifiedBefore),
    // Two indexes begin with the status; there is none for one status by modification.
    ...(query.status === undefined
      ? []
      : [sql<boolean>`${column("status", query.orderBy !== "modifiedAt")} = ${query.status}`]),
    ...(query.idPrefix === undefined ? [] : idStartsWith(query.idPrefix, orderedBy[0] === "id")),
    ...(query.idContains === undefined ? [] : [sql<boolean>`instr(lower(id), ${query.idContains.toLowerCase()}) > 0`]),
  ];
}

function idStartsWith(prefix: string, isIndexed: boolean): readonly RawBuilder<boolean>[] {
  const exact = sql<boolean>`substr(id, 1, length(${prefix})) = ${prefix}`;
  return isIndexed ? [sql<boolean>`id >= ${prefix}`, sql<boolean>`id < ${`${prefix}\u{10ffff}`}`, exact] : [exact];
}
