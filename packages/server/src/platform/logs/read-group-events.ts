import { sql } from "kysely";
import { decodeCursor, encodeCursor } from "../cursor.ts";
import type { Database } from "../database/database.ts";
import { queries, statement } from "../database/queries.ts";
import { mergeSorted } from "../merge-sorted.ts";
import type { LogStore, StoredLogEvent } from "./log-store.ts";
import { eventColumns, positionBounds, readStreamEvents, toEvent, type EventRow } from "./read-events.ts";

type GroupQuery = Parameters<LogStore["readGroup"]>[2];
type GroupEvents = { readonly events: readonly StoredLogEvent[]; readonly next?: string };

interface NamedStream {
  readonly id: number;
  readonly name: string;
}

/** Behind this event. */
interface GroupPosition {
  readonly position: number;
  readonly streamId: number;
}

/** Up to this many streams are read each by itself and merged; more are picked from all events of the group in order. */
const mergedStreams = 20;
const mergePageSize = 200;

/** Events of streams of a group by time, then by stream. */
export async function readGroupEvents(database: Database, groupId: number, query: GroupQuery): Promise<GroupEvents> {
  const listing = `log events of group ${groupId}`;
  const after = query.after === undefined ? undefined : positionFrom(decodeCursor(listing, query.after));
  const streams = await chosenStreams(database, groupId, query);
  const rows =
    streams !== undefined && streams.length <= mergedStreams
      ? await mergeStreams(database, streams, query, after)
      : await walkGroup(database, { groupId, streams }, query, after);
  const page = rows.slice(0, query.limit);
  const last = page.at(-1);
  const names = new Map((streams ?? (await namesOf(database, page))).map((stream) => [stream.id, stream.name]));
  return {
    events: page.map((row) => toEvent(row, names.get(row.stream_id) ?? "")),
    ...(rows.length > query.limit && last !== undefined
      ? { next: encodeCursor(listing, [last.position, last.stream_id]) }
      : {}),
  };
}

function positionFrom([position, streamId]: readonly (string | number)[]): GroupPosition {
  return { position: Number(position), streamId: Number(streamId) };
}

/** Undefined for all. */
async function chosenStreams(
  database: Database,
  groupId: number,
  { streams, streamPrefix }: GroupQuery,
): Promise<readonly NamedStream[] | undefined> {
  if (streams === undefined && streamPrefix === undefined) {
    return undefined;
  }
  let select = queries.selectFrom("log_streams").select(["id", "name"]).where("group_id", "=", groupId).orderBy("id");
  if (streams !== undefined) {
    select = select.where("name", "in", sql<string>`(select value from json_each(${JSON.stringify(streams)}))`);
  }
  if (streamPrefix !== undefined) {
    select = select
      .where("name", ">=", streamPrefix)
      .where(sql<boolean>`substr(name, 1, length(${streamPrefix})) = ${streamPrefix}`);
  }
  return database.all<NamedStream>(statement(select));
}

async function mergeStreams(
  database: Database,
  streams: readonly NamedStream[],
  query: GroupQuery,
  after: GroupPosition | undefined,
): Promise<readonly EventRow[]> {
  const sources = streams.map((stream) => streamEvents(database, stream.id, query, after));
  const rows: EventRow[] = [];
  for await (const row of mergeSorted(sources, compareRows)) {
    rows.push(row);
    if (rows.length > query.limit) {
      break;
    }
  }
  return rows;
}

function compareRows(left: EventRow, right: EventRow): number {
  return left.position - right.position || left.stream_id - right.stream_id;
}

async function* streamEvents(
  database: Database,
  streamId: number,
  { startTime, endTime, limit }: GroupQuery,
  after: GroupPosition | undefined,
): AsyncGenerator<EventRow, void, undefined> {
  const pageSize = Math.min(mergePageSize, limit + 1);
  let last = after === undefined ? -1 : after.position - (streamId > after.streamId ? 1 : 0);
  for (;;) {
    const page = await readStreamEvents(database, streamId, {
      ...(startTime === undefined ? {} : { startTime }),
      ...(endTime === undefined ? {} : { endTime }),
      after: last,
      limit: pageSize,
      backwards: false,
    });
    yield* page;
    last = page.at(-1)?.position ?? last;
    if (page.length < pageSize) {
      return;
    }
  }
}

function walkGroup(
  database: Database,
  { groupId, streams }: { readonly groupId: number; readonly streams: readonly NamedStream[] | undefined },
  query: GroupQuery,
  after: GroupPosition | undefined,
): Promise<readonly EventRow[]> {
  const bounds = positionBounds(query);
  const from = after === undefined || after.position < bounds.from ? { position: bounds.from, streamId: -1 } : after;
  let select = queries
    .selectFrom("log_events")
    .select(eventColumns)
    .where("group_id", "=", groupId)
    .where(sql<boolean>`(position, stream_id) > (${from.position}, ${from.streamId})`)
    .where("position", "<", bounds.below)
    .orderBy("position")
    .orderBy("stream_id")
    .limit(query.limit + 1);
  if (streams !== undefined) {
    const ids = JSON.stringify(streams.map((stream) => stream.id));
    select = select.where(sql<boolean>`+stream_id in (select value from json_each(${ids}))`);
  }
  if (query.startTime !== undefined) {
    select = select.where("timestamp", ">=", query.startTime);
  }
  if (query.endTime !== undefined) {
    select = select.where("timestamp", "<", query.endTime);
  }
  return database.all<EventRow>(statement(select));
}

function namesOf(database: Database, rows: readonly EventRow[]): Promise<readonly NamedStream[]> {
  const ids = JSON.stringify([...new Set(rows.map((row) => row.stream_id))]);
  const select = queries
    .selectFrom("log_streams")
    .select(["id", "name"])
    .where("id", "in", sql<number>`(select value from json_each(${ids}))`);
  return database.all<NamedStream>(statement(select));
}
