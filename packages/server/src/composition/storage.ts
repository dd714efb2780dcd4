import type { Clock } from "../platform/clock/clock.ts";
import type { DataDirectory } from "../platform/data-directory/data-directory.ts";
import type { Database } from "../platform/database/database.ts";
import { openDatabase } from "../platform/database/open-database.ts";
import type { Ids } from "../platform/ids/ids.ts";
import { logSinks } from "../platform/logs/log-sinks.ts";
import { sqliteLogs, type SqliteLogs } from "../platform/logs/sqlite-logs.ts";
import { diskObjects, type DiskObjects } from "../platform/objects/disk-objects.ts";
import type { RecordStore } from "../platform/records/record-store.ts";
import { sqliteRecords } from "../platform/records/sqlite-records.ts";
import type { LogSinks } from "../services/sagemaker/deps.ts";

/** Everything that is kept. */
export interface Storage {
  readonly database: Database;
  readonly records: RecordStore;
  readonly objects: DiskObjects;
  readonly logs: SqliteLogs;
  readonly logSinks: LogSinks;
}

/** The embedded stores of a data directory. */
export async function openStorage(directory: DataDirectory, clock: Clock, ids: Ids): Promise<Storage> {
  const state = await directory.directory("state");
  const database = await openDatabase({ file: `${state}/clary.db`, durable: !directory.ephemeral });
  const objects = await diskObjects(database, { directory: `${state}/objects`, clock, ids });
  const logs = sqliteLogs(database, clock);
  return { database, records: sqliteRecords(database), objects, logs, logSinks: logSinks(logs, clock) };
}
