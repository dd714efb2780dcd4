import type Connection from "libsql";
import { logTables } from "./tables/log-tables.ts";
import { objectTables } from "./tables/object-tables.ts";
import { recordTables } from "./tables/record-tables.ts";

/**
 * The schema's history: entry N brings a database from version N to N + 1. Entries that were released never change; a change of
 * the schema is a new entry.
 */
const migrations: readonly string[] = [[recordTables, objectTables, logTables].join("\n")];

/** Runs what a database lacks, each step in one transaction with its version number. */
export function migrate(connection: Connection.Database): void {
  const version = readVersion(connection);
  if (version > migrations.length) {
    throw new Error(
      `The database has schema version ${version}; this server knows versions up to ${migrations.length}. Use a newer server.`,
    );
  }
  migrations.slice(version).forEach((statements, index) => {
    connection.exec(`BEGIN IMMEDIATE; ${statements}; PRAGMA user_version = ${version + index + 1}; COMMIT`);
  });
}

function readVersion(connection: Connection.Database): number {
  const row: unknown = connection.prepare("PRAGMA user_version").raw(true).get();
  return Array.isArray(row) ? Number(row[0]) : 0;
}
