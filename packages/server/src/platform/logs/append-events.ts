import { sql } from "kysely";
import type { Database, Statement } from "../database/database.ts";
import { queries, statement, template } from "../database/queries.ts";
import type { FoundStream } from "./log-lookups.ts";
import { positionEvents, type PositionedEvent } from "./log-positions.ts";
import type { LogEvent } from "./log-store.ts";

const lastBelow = template<{ streamId: number; bound: number }>((value) =>
  queries
    .selectFrom("log_events")
    .select("position")
    .where("stream_id", "=", value("streamId"))
    .where("position", "<", value("bound"))
    .orderBy("position", "desc")
    .limit(1),
);

type EventValues = {
  readonly streamId: number;
  readonly groupId: number;
  readonly position: number;
  readonly timestamp: number;
  readonly ingestedAt: number;
  readonly message: string;
};

const insertEvent = template<EventValues>((value) =>
  queries.insertInto("log_events").values({
    stream_id: value("streamId"),
    position: value("position"),
    group_id: value("groupId"),
    timestamp: value("timestamp"),
    ingested_at: value("ingestedAt"),
    message: value("message"),
  }),
);

/** False when the stream was deleted meanwhile. Appends to one stream must not overlap. */
export async function appendEvents(
  database: Database,
  { group, stream }: FoundStream,
  events: readonly LogEvent[],
  now: number,
): Promise<boolean> {
  const positioned = await positionEvents(events, async (bound) => {
    const row = await database.first<{ position: number }>(lastBelow({ streamId: stream.id, bound }));
    return row?.position;
  });
  const outcome = await database.write([
    noteArrival(stream.id, positioned, now),
    countBytes(group.id, positioned),
    ...positioned.map((event) =>
      insertEvent({
        streamId: stream.id,
        groupId: group.id,
        position: event.position,
        timestamp: event.timestamp,
        ingestedAt: now,
        message: withoutNul(event.message),
      }),
    ),
  ]);
  return outcome.committed;
}

/** What an event counts beside its message, as CloudWatch Logs bills it. */
export const eventOverheadBytes = 26;

function noteArrival(streamId: number, events: readonly PositionedEvent[], now: number): Statement {
  const first = events[0]?.timestamp ?? now;
  const last = events.at(-1)?.timestamp ?? now;
  const update = queries
    .updateTable("log_streams")
    .set({
      first_event_at: sql<number>`min(ifnull(first_event_at, ${first}), ${first})`,
      last_event_at: sql<number>`max(ifnull(last_event_at, ${last}), ${last})`,
      last_ingestion_at: now,
    })
    .where("id", "=", streamId);
  return statement(update, { expectChanges: 1 });
}

function countBytes(groupId: number, events: readonly PositionedEvent[]): Statement {
  const bytes = events.reduce((sum, event) => sum + Buffer.byteLength(event.message) + eventOverheadBytes, 0);
  const update = queries
    .updateTable("log_groups")
    .set({ stored_bytes: sql<number>`stored_bytes + ${bytes}` })
    .where("id", "=", groupId);
  return statement(update);
}

/** libsql 0.5 reads text up to the first NUL only; `#000` is how syslog, whose `#011` CloudWatch shows for a tab, writes it. */
function withoutNul(message: string): string {
  return message.replaceAll("\u0000", "#000");
}
