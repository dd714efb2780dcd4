import { sql, type RawBuilder } from "kysely";
import type { Clock } from "../clock/clock.ts";
import type { Database } from "../database/database.ts";
import { queries, statement } from "../database/queries.ts";
import { deleteStreamEvents } from "./delete-events.ts";
import { findGroup, findStream, streamColumns, type LogStreamRow } from "./log-lookups.ts";
import type { LogStore, LogStream } from "./log-store.ts";

type StreamOperations = Pick<LogStore, "createStream" | "listStreams" | "deleteStream">;
type StreamsQuery = Parameters<LogStore["listStreams"]>[2];

export function streamOperations(database: Database, clock: Clock): StreamOperations {
  return {
    async createStream(scope, group, stream) {
      const found = await findGroup(database, scope, group);
      return found === undefined ? "no-such-group" : createStream(database, clock, found.id, stream);
    },
    async listStreams(scope, group, query) {
      const found = await findGroup(database, scope, group);
      return found === undefined ? undefined : listStreams(database, found.id, query);
    },
    async deleteStream(scope, group, stream) {
      const found = await findStream(database, { scope, group, stream });
      return found !== undefined && (await deleteStream(database, found.stream.id));
    },
  };
}

async function createStream(
  database: Database,
  clock: Clock,
  groupId: number,
  name: string,
): Promise<"created" | "exists" | "no-such-group"> {
  const insert = queries
    .insertInto("log_streams")
    .values({
      group_id: groupId,
      name,
      created_at: clock.now().getTime(),
      first_event_at: null,
      last_event_at: null,
      last_ingestion_at: null,
    })
    .onConflict((conflict) => conflict.doNothing());
  const groupIsThere = queries.selectFrom("log_groups").select("id").where("id", "=", groupId);
  const outcome = await database.write([
    statement(groupIsThere, { returning: true, expectChanges: 1 }),
    statement(insert, { expectChanges: 1 }),
  ]);
  if (outcome.committed) {
    return "created";
  }
  return outcome.failedStatement === 0 ? "no-such-group" : "exists";
}

async function deleteStream(database: Database, streamId: number): Promise<boolean> {
  await deleteStreamEvents(database, streamId);
  const outcome = await database.write([
    statement(queries.deleteFrom("log_streams").where("id", "=", streamId), { expectChanges: 1 }),
    statement(queries.deleteFrom("log_events").where("stream_id", "=", streamId)),
  ]);
  return outcome.committed;
}

/** Streams without events come as if their last were the oldest of all. */
const lastEventTime = sql<number>`ifnull(last_event_at, 0)`;

async function listStreams(database: Database, groupId: number, query: StreamsQuery): Promise<readonly LogStream[]> {
  const direction = query.descending ? "desc" : "asc";
  let select = queries
    .selectFrom("log_streams")
    .select(streamColumns)
    .where("group_id", "=", groupId)
    .orderBy("name", direction)
    .limit(query.limit);
  if (query.orderBy === "lastEventTime") {
    select = select.clearOrderBy().orderBy(lastEventTime, direction).orderBy("name", direction);
  }
  if (query.after !== undefined) {
    select = select.where(isBeyond(groupId, query.after, query));
  }
  if (query.prefix !== undefined) {
    const { prefix } = query;
    select = select
      .where("name", ">=", prefix)
      .where("name", "<", `${prefix}\u{10ffff}`)
      .where(sql<boolean>`substr(name, 1, length(${prefix})) = ${prefix}`);
  }
  return (await database.all<LogStreamRow>(statement(select))).map(toStream);
}

/** Behind the stream named `after`, by the time of its last event as it is now where that is the order. */
function isBeyond(groupId: number, after: string, query: StreamsQuery): RawBuilder<boolean> {
  const operator = sql.raw(query.descending ? "<" : ">");
  if (query.orderBy === "name") {
    return sql<boolean>`name ${operator} ${after}`;
  }
  const time = queries
    .selectFrom("log_streams")
    .select(lastEventTime.as("time"))
    .where("group_id", "=", groupId)
    .where("name", "=", after);
  return sql<boolean>`(${lastEventTime}, name) ${operator} (${time}, ${after})`;
}

function toStream(row: LogStreamRow): LogStream {
  return {
    name: row.name,
    createdAt: new Date(row.created_at),
    ...(row.first_event_at === null ? {} : { firstEventAt: row.first_event_at }),
    ...(row.last_event_at === null ? {} : { lastEventAt: row.last_event_at }),
    ...(row.last_ingestion_at === null ? {} : { lastIngestionAt: row.last_ingestion_at }),
  };
}
