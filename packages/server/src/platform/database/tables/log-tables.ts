import type { Generated } from "kysely";

/**
 * Logs. `position` orders a stream's events by time and then by arrival (see `log-positions.ts`); the second index merges the
 * streams of a group.
 */
export const logTables = `
  CREATE TABLE log_groups (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    scope TEXT NOT NULL,
    name TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    retention_days INTEGER,
    stored_bytes INTEGER NOT NULL,
    tags TEXT NOT NULL
  ) STRICT;
  CREATE UNIQUE INDEX log_groups_by_name ON log_groups (scope, name);

  CREATE TABLE log_streams (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    group_id INTEGER NOT NULL,
    name TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    first_event_at INTEGER,
    last_event_at INTEGER,
    last_ingestion_at INTEGER
  ) STRICT;
  CREATE UNIQUE INDEX log_streams_by_name ON log_streams (group_id, name);
  CREATE INDEX log_streams_by_last_event ON log_streams (group_id, ifnull(last_event_at, 0), name);

  CREATE TABLE log_events (
    stream_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    group_id INTEGER NOT NULL,
    timestamp INTEGER NOT NULL,
    ingested_at INTEGER NOT NULL,
    message TEXT NOT NULL,
    PRIMARY KEY (stream_id, position)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX log_events_by_group ON log_events (group_id, position, stream_id);
`;

export interface LogGroupsTable {
  id: Generated<number>;
  scope: string;
  name: string;
  created_at: number;
  retention_days: number | null;
  stored_bytes: number;
  tags: string;
}

export interface LogStreamsTable {
  id: Generated<number>;
  group_id: number;
  name: string;
  created_at: number;
  first_event_at: number | null;
  last_event_at: number | null;
  last_ingestion_at: number | null;
}

export interface LogEventsTable {
  stream_id: number;
  position: number;
  group_id: number;
  timestamp: number;
  ingested_at: number;
  message: string;
}
