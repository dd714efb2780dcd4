import type { Database } from "../database/database.ts";
import { queries, template } from "../database/queries.ts";
import type { LogGroupsTable, LogStreamsTable } from "../database/tables/log-tables.ts";
import type { Scope } from "../scope.ts";

export type LogGroupRow = Omit<LogGroupsTable, "id" | "scope"> & { readonly id: number };
export type LogStreamRow = Omit<LogStreamsTable, "id" | "group_id"> & { readonly id: number };

export const groupColumns = ["id", "name", "created_at", "retention_days", "stored_bytes", "tags"] as const;
export const streamColumns = [
  "id",
  "name",
  "created_at",
  "first_event_at",
  "last_event_at",
  "last_ingestion_at",
] as const;

const groupByName = template<{ scope: string; name: string }>((value) =>
  queries
    .selectFrom("log_groups")
    .select(groupColumns)
    .where("scope", "=", value("scope"))
    .where("name", "=", value("name")),
);

const streamByName = template<{ groupId: number; name: string }>((value) =>
  queries
    .selectFrom("log_streams")
    .select(streamColumns)
    .where("group_id", "=", value("groupId"))
    .where("name", "=", value("name")),
);

export function scopeText(scope: Scope): string {
  return `${scope.account}/${scope.region}`;
}

export function findGroup(database: Database, scope: Scope, name: string): Promise<LogGroupRow | undefined> {
  return database.first<LogGroupRow>(groupByName({ scope: scopeText(scope), name }));
}

export interface FoundStream {
  readonly group: LogGroupRow;
  readonly stream: LogStreamRow;
}

export interface StreamAddress {
  readonly scope: Scope;
  readonly group: string;
  readonly stream: string;
}

/** Undefined when the group or the stream is missing. */
export async function findStream(database: Database, address: StreamAddress): Promise<FoundStream | undefined> {
  const group = await findGroup(database, address.scope, address.group);
  const stream =
    group === undefined
      ? undefined
      : await database.first<LogStreamRow>(streamByName({ groupId: group.id, name: address.stream }));
  return group === undefined || stream === undefined ? undefined : { group, stream };
}
