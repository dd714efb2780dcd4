import { join } from "node:path";
import { manualClock } from "../clock/manual-clock.ts";
import { openDatabase } from "../database/open-database.ts";
import { sqliteRecords } from "../records/sqlite-records.ts";
import { temporaryDirectory } from "../testing/temporary-directory.ts";
import { describeJobSupervisor } from "./job-supervisor.contract.ts";
import { jobSupervisor } from "./record-job-supervisor.ts";

describeJobSupervisor("records", async () => {
  const directory = temporaryDirectory();
  const database = await openDatabase({ file: join(directory.path, "clary.db"), durable: false });
  const clock = manualClock(new Date("2026-01-02T03:04:05Z"));
  return {
    records: sqliteRecords(database),
    clock,
    create: (records, concurrency) => jobSupervisor({ records, clock, concurrency, log: { error: () => undefined } }),
    async close() {
      await database.close();
      directory.remove();
    },
  };
});
