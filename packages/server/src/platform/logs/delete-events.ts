import { sql, type Expression } from "kysely";
import type { Database } from "../database/database.ts";
import { queries, statement } from "../database/queries.ts";
import { eventOverheadBytes } from "./append-events.ts";

/** Events deleted in one transaction: other writers wait for it. */
const deleteAtOnce = 5000;

interface DeletedEvent {
  readonly group_id: number;
  readonly bytes: number;
}

export async function deleteStreamEvents(database: Database, streamId: number): Promise<void> {
  const some = queries
    .selectFrom("log_events")
    .select(["stream_id", "position"])
    .where("stream_id", "=", streamId)
    .limit(deleteAtOnce);
  await deleteInSteps(database, some);
}

/** Those of a group whose positions are below a bound. */
export async function deleteGroupEvents(database: Database, groupId: number, bound: number): Promise<void> {
  const some = queries
    .selectFrom("log_events")
    .select(["stream_id", "position"])
    .where("group_id", "=", groupId)
    .where("position", "<", bound)
    .limit(deleteAtOnce);
  await deleteInSteps(database, some);
}

async function deleteInSteps(database: Database, some: Expression<unknown>): Promise<void> {
  const step = queries
    .deleteFrom("log_events")
    .where(sql<boolean>`(stream_id, position) in (${some})`)
    .returning(["group_id", sql<number>`octet_length(message) + ${eventOverheadBytes}`.as("bytes")]);
  for (let deleted = deleteAtOnce; deleted === deleteAtOnce;) {
    const outcome = await database.write([statement(step, { returning: true })]);
    const rows = outcome.committed ? (outcome.results[0]?.rows ?? []) : [];
    deleted = rows.length;
    await uncount(database, rows as unknown as readonly DeletedEvent[]);
  }
}

async function uncount(database: Database, events: readonly DeletedEvent[]): Promise<void> {
  const bytes = new Map<number, number>();
  events.forEach((event) => bytes.set(event.group_id, (bytes.get(event.group_id) ?? 0) + event.bytes));
  await database.write(
    [...bytes].map(([groupId, count]) =>
      statement(
        queries
          .updateTable("log_groups")
          .set({ stored_bytes: sql<number>`max(0, stored_bytes - ${count})` })
          .where("id", "=", groupId),
      ),
    ),
  );
}
