import Connection from "libsql";
import { migrate } from "./migrations.ts";
import type { WriterSettings } from "./writer-protocol.ts";

/**
 * Opens the database for writing and brings its schema up to date. `synchronous=FULL` syncs the log at each commit; a database
 * that need not survive a power cut leaves that to the kernel. The log is copied into the tables every 16 MB, and truncated when it
 * has grown beyond 64.
 */
export function openWriteConnection({ file, durable }: WriterSettings): Connection.Database {
  const connection = new Connection(file);
  connection.exec(`
    PRAGMA busy_timeout = 5000;
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = ${durable ? "FULL" : "OFF"};
    PRAGMA foreign_keys = OFF;
    PRAGMA cache_size = -32000;
    PRAGMA wal_autocheckpoint = 4000;
    PRAGMA journal_size_limit = 67108864;
  `);
  migrate(connection);
  return connection;
}
