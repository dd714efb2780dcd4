import { sql } from "kysely";
import type { Clock } from "../clock/clock.ts";
import type { Database } from "../database/database.ts";
import { queries, statement } from "../database/queries.ts";
import { deleteGroupEvents } from "./delete-events.ts";
import { findGroup, groupColumns, scopeText, type LogGroupRow } from "./log-lookups.ts";
import type { LogGroup, LogStore } from "./log-store.ts";

type GroupOperations = Pick<
  LogStore,
  "createGroup" | "getGroup" | "listGroups" | "setRetention" | "setTags" | "deleteGroup"
>;

export function groupOperations(database: Database, clock: Clock): GroupOperations {
  const update = async (
    scope: Parameters<LogStore["setTags"]>[0],
    name: string,
    changes: { retention_days?: number | null; tags?: string },
  ): Promise<boolean> => {
    const query = queries
      .updateTable("log_groups")
      .set(changes)
      .where("scope", "=", scopeText(scope))
      .where("name", "=", name);
    return (await database.write([statement(query, { expectChanges: 1 })])).committed;
  };

  return {
    async createGroup(scope, name, options) {
      const insert = queries
        .insertInto("log_groups")
        .values({
          scope: scopeText(scope),
          name,
          created_at: clock.now().getTime(),
          retention_days: null,
          stored_bytes: 0,
          tags: JSON.stringify(options?.tags ?? {}),
        })
        .onConflict((conflict) => conflict.doNothing());
      return (await database.write([statement(insert, { expectChanges: 1 })])).committed;
    },
    async getGroup(scope, name) {
      const row = await findGroup(database, scope, name);
      return row === undefined ? undefined : toGroup(row);
    },
    listGroups: (scope, query) => listGroups(database, scopeText(scope), query),
    setRetention: (scope, name, days) => update(scope, name, { retention_days: days ?? null }),
    setTags: (scope, name, tags) => update(scope, name, { tags: JSON.stringify(tags) }),
    async deleteGroup(scope, name) {
      const group = await findGroup(database, scope, name);
      return group !== undefined && (await deleteGroup(database, group.id));
    },
  };
}

/** Events first, in several transactions: a group may hold more than one should hold up all other writers. */
async function deleteGroup(database: Database, groupId: number): Promise<boolean> {
  await deleteGroupEvents(database, groupId, Number.MAX_SAFE_INTEGER);
  const outcome = await database.write([
    statement(queries.deleteFrom("log_groups").where("id", "=", groupId), { expectChanges: 1 }),
    statement(queries.deleteFrom("log_streams").where("group_id", "=", groupId)),
    statement(queries.deleteFrom("log_events").where("group_id", "=", groupId)),
  ]);
  return outcome.committed;
}

async function listGroups(
  database: Database,
  scope: string,
  query: Parameters<LogStore["listGroups"]>[1],
): Promise<readonly LogGroup[]> {
  let select = queries
    .selectFrom("log_groups")
    .select(groupColumns)
    .where("scope", "=", scope)
    .where("name", ">", query.after ?? "")
    .orderBy("name")
    .limit(query.limit);
  if (query.prefix !== undefined) {
    const { prefix } = query;
    select = select
      .where("name", "<", `${prefix}\u{10ffff}`)
      .where(sql<boolean>`substr(name, 1, length(${prefix})) = ${prefix}`);
  }
  if (query.contains !== undefined) {
    select = select.where(sql<boolean>`instr(name, ${query.contains}) > 0`);
  }
  return (await database.all<LogGroupRow>(statement(select))).map(toGroup);
}

function toGroup(row: LogGroupRow): LogGroup {
  return {
    name: row.name,
    createdAt: new Date(row.created_at),
    ...(row.retention_days === null ? {} : { retentionInDays: row.retention_days }),
    storedBytes: row.stored_bytes,
    tags: JSON.parse(row.tags),
  };
}
