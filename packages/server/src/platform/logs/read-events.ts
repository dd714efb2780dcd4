import type { Database } from "../database/database.ts";
import { queries, statement } from "../database/queries.ts";
import type { LogEventsTable } from "../database/tables/log-tables.ts";
import { firstPositionAt } from "./log-positions.ts";
import type { LogReadQuery, StoredLogEvent } from "./log-store.ts";

export const eventColumns = ["stream_id", "position", "timestamp", "ingested_at", "message"] as const;
export type EventRow = Pick<LogEventsTable, (typeof eventColumns)[number]>;

export interface TimeBounds {
  /** Inclusive, milliseconds. */
  readonly startTime?: number | undefined;
  /** Exclusive, milliseconds. */
  readonly endTime?: number | undefined;
}

/** Events of a full millisecond go on into the next ones: this far behind their time they are still found. */
const latestOverflow = 60_000;

/** The positions that events within the bounds can have. Events there may still be outside of them. */
export function positionBounds({ startTime, endTime }: TimeBounds): { readonly from: number; readonly below: number } {
  return {
    from: startTime === undefined ? 0 : firstPositionAt(startTime),
    below: endTime === undefined ? Number.MAX_SAFE_INTEGER : firstPositionAt(endTime + latestOverflow),
  };
}

/** Events of one stream in the direction of reading. */
export function readStreamEvents(
  database: Database,
  streamId: number,
  query: LogReadQuery,
): Promise<readonly EventRow[]> {
  const bounds = positionBounds(query);
  const { after } = query;
  const from = query.backwards || after === undefined ? bounds.from : Math.max(bounds.from, after + 1);
  const below = query.backwards && after !== undefined ? Math.min(bounds.below, after) : bounds.below;
  let select = queries
    .selectFrom("log_events")
    .select(eventColumns)
    .where("stream_id", "=", streamId)
    .where("position", ">=", from)
    .where("position", "<", below)
    .orderBy("position", query.backwards ? "desc" : "asc")
    .limit(query.limit);
  if (query.startTime !== undefined) {
    select = select.where("timestamp", ">=", query.startTime);
  }
  if (query.endTime !== undefined) {
    select = select.where("timestamp", "<", query.endTime);
  }
  return database.all<EventRow>(statement(select));
}

export function toEvent(row: EventRow, streamName: string): StoredLogEvent {
  return {
    timestamp: row.timestamp,
    message: row.message,
    ingestionTime: row.ingested_at,
    streamName,
    position: row.position,
    // 56 digits, as CloudWatch's are: unique over all streams, and ordered within each.
    eventId: `${String(row.position).padStart(36, "0")}${String(row.stream_id).padStart(20, "0")}`,
  };
}
