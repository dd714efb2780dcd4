import type { Generated } from "kysely";

/**
 * Records in one table. Each listing order has its index, so that a page costs the same however many records there are; the
 * trailing columns let SQLite judge filters in the index, without reading bodies.
 */
export const recordTables = `
  CREATE TABLE records (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    collection TEXT NOT NULL,
    scope TEXT NOT NULL,
    id TEXT NOT NULL,
    revision INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    modified_at INTEGER NOT NULL,
    status TEXT NOT NULL,
    body TEXT NOT NULL
  ) STRICT;
  CREATE UNIQUE INDEX records_by_id ON records (collection, scope, id);
  CREATE INDEX records_by_creation ON records (collection, scope, created_at, id, status, modified_at);
  CREATE INDEX records_by_modification ON records (collection, scope, modified_at, id, status, created_at);
  CREATE INDEX records_by_status ON records (collection, scope, status, created_at, id, modified_at);
  CREATE INDEX records_by_status_and_id ON records (collection, scope, status, id, created_at, modified_at);
`;

export interface RecordsTable {
  /** Never given twice, so that a record is not taken for one of the same name that was deleted. */
  number: Generated<number>;
  collection: string;
  scope: string;
  id: string;
  revision: number;
  created_at: number;
  modified_at: number;
  status: string;
  body: string;
}
