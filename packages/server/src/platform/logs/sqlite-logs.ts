import type { Clock } from "../clock/clock.ts";
import type { Database } from "../database/database.ts";
import { queries, statement } from "../database/queries.ts";
import { KeyedQueue } from "../keyed-queue.ts";
import { appendEvents } from "./append-events.ts";
import { deleteGroupEvents } from "./delete-events.ts";
import { groupOperations } from "./log-groups.ts";
import { findGroup, findStream } from "./log-lookups.ts";
import { firstPositionAt } from "./log-positions.ts";
import type { LogStore } from "./log-store.ts";
import { streamOperations } from "./log-streams.ts";
import { readStreamEvents, toEvent } from "./read-events.ts";
import { readGroupEvents } from "./read-group-events.ts";

/** The log store, with the house-keeping that it leaves to its owner. */
export interface SqliteLogs extends LogStore {
  /** Deletes events that their group's retention no longer covers; readers have not seen them since. */
  sweep(): Promise<void>;
}

const millisecondsPerDay = 86_400_000;

/** Logs in the embedded database. */
export function sqliteLogs(database: Database, clock: Clock): SqliteLogs {
  const appends = new KeyedQueue<number>();
  const retained = <Query extends { readonly startTime?: number }>(query: Query, days: number | null): Query =>
    days === null ? query : { ...query, startTime: Math.max(query.startTime ?? 0, retentionStart(clock, days)) };

  return {
    ...groupOperations(database, clock),
    ...streamOperations(database, clock),
    async append(scope, group, stream, events) {
      const found = await findStream(database, { scope, group, stream });
      if (found === undefined || events.length === 0) {
        return found !== undefined;
      }
      return appends.run(found.stream.id, () => appendEvents(database, found, events, clock.now().getTime()));
    },
    async read(scope, group, stream, query) {
      const found = await findStream(database, { scope, group, stream });
      if (found === undefined) {
        return undefined;
      }
      const rows = await readStreamEvents(database, found.stream.id, retained(query, found.group.retention_days));
      return rows.map((row) => toEvent(row, stream));
    },
    async readGroup(scope, group, query) {
      const found = await findGroup(database, scope, group);
      return found === undefined
        ? undefined
        : readGroupEvents(database, found.id, retained(query, found.retention_days));
    },
    sweep: () => sweepExpired(database, clock),
  };
}

function retentionStart(clock: Clock, days: number): number {
  return clock.now().getTime() - days * millisecondsPerDay;
}

async function sweepExpired(database: Database, clock: Clock): Promise<void> {
  const limited = queries
    .selectFrom("log_groups")
    .select(["id", "retention_days"])
    .where("retention_days", "is not", null);
  for (const group of await database.all<{ id: number; retention_days: number }>(statement(limited))) {
    await deleteGroupEvents(database, group.id, firstPositionAt(retentionStart(clock, group.retention_days)));
  }
}
