import { afterPrefix } from "./key-order.ts";

/** Where reading goes on: behind what was read, or at the first key that is not less than a text. */
export type Position<Row> =
  | { readonly type: "start" }
  | { readonly type: "after"; readonly row: Row }
  | { readonly type: "from"; readonly key: string };

export type ReadRows<Row> = (position: Position<Row>, limit: number) => Promise<readonly Row[]>;

export interface DelimitedPage<Row> {
  readonly rows: readonly Row[];
  readonly commonPrefixes: readonly string[];
  readonly more: boolean;
  /** The key of the last row, or the last common prefix, whichever the page ends with. */
  readonly last?: string;
}

export interface DelimitedQuery {
  readonly prefix: string;
  readonly delimiter: string;
  readonly limit: number;
  /** Exclusive; a common prefix stands for all keys below it. */
  readonly after: string;
}

type Entry<Row> = { readonly row: Row } | { readonly commonPrefix: string };

/** Rows read past a common prefix before we know how many it has: cheaper than a seek per prefix when they have few. */
const smallestRead = 8;

/**
 * A page of keys and common prefixes. All keys below a common prefix are skipped by one seek, so that a page costs what it shows,
 * however many keys its prefixes have.
 */
export async function listDelimited<Row extends { readonly key: string }>(
  query: DelimitedQuery,
  read: ReadRows<Row>,
): Promise<DelimitedPage<Row>> {
  const entries: Entry<Row>[] = [];
  const wanted = query.limit + 1;
  let position: Position<Row> | undefined = startOf<Row>(query);
  let readSize = query.delimiter === "" ? wanted : smallestRead;
  while (query.limit > 0 && position !== undefined && entries.length < wanted) {
    const rows: readonly Row[] = await read(position, Math.min(readSize, wanted));
    const before = entries.length;
    const skipped = addEntries(entries, rows, query);
    position = rows.length < Math.min(readSize, wanted) ? undefined : positionAfter(rows, skipped);
    readSize = entries.length - before > rows.length / 2 ? readSize * 2 : smallestRead;
  }
  return toPage(entries, query.limit);
}

function startOf<Row>(query: DelimitedQuery): Position<Row> | undefined {
  const passed = commonPrefixOf(query.after, query);
  return passed !== undefined && passed === query.after ? from(afterPrefix(passed)) : { type: "start" };
}

/** Adds what rows show, each common prefix once; tells the common prefix that the last row is below. */
function addEntries<Row extends { readonly key: string }>(
  entries: Entry<Row>[],
  rows: readonly Row[],
  query: DelimitedQuery,
): string | undefined {
  let current: string | undefined;
  for (const row of rows) {
    if (current !== undefined && row.key.startsWith(current)) {
      continue;
    }
    current = commonPrefixOf(row.key, query);
    entries.push(current === undefined ? { row } : { commonPrefix: current });
  }
  return current;
}

function positionAfter<Row>(rows: readonly Row[], commonPrefix: string | undefined): Position<Row> | undefined {
  if (commonPrefix !== undefined) {
    return from(afterPrefix(commonPrefix));
  }
  const row = rows.at(-1);
  return row === undefined ? undefined : { type: "after", row };
}

function from<Row>(key: string | undefined): Position<Row> | undefined {
  return key === undefined ? undefined : { type: "from", key };
}

function commonPrefixOf(key: string, { prefix, delimiter }: DelimitedQuery): string | undefined {
  if (delimiter === "" || !key.startsWith(prefix)) {
    return undefined;
  }
  const found = key.indexOf(delimiter, prefix.length);
  return found === -1 ? undefined : key.slice(0, found + delimiter.length);
}

function toPage<Row extends { readonly key: string }>(
  entries: readonly Entry<Row>[],
  limit: number,
): DelimitedPage<Row> {
  const shown = entries.slice(0, limit);
  const last = shown.at(-1);
  const rows: Row[] = [];
  const commonPrefixes: string[] = [];
  for (const entry of shown) {
    if ("row" in entry) {
      rows.push(entry.row);
    } else {
      commonPrefixes.push(entry.commonPrefix);
    }
  }
  return {
    rows,
    commonPrefixes,
    more: entries.length > limit,
    ...(last === undefined ? {} : { last: "row" in last ? last.row.key : last.commonPrefix }),
  };
}
