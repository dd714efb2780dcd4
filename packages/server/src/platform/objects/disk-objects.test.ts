import { readdirSync } from "node:fs";
import { join } from "node:path";
import { manualClock } from "../clock/manual-clock.ts";
import { openDatabase } from "../database/open-database.ts";
import { seededIds } from "../ids/seeded-ids.ts";
import { temporaryDirectory } from "../testing/temporary-directory.ts";
import { diskObjects } from "./disk-objects.ts";
import { describeObjectStore } from "./object-store.contract.ts";

function blobFiles(directory: string): readonly string[] {
  return readdirSync(directory, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

describeObjectStore("disk", async () => {
  const directory = temporaryDirectory();
  const database = await openDatabase({ file: join(directory.path, "clary.db"), durable: true });
  const clock = manualClock(new Date("2024-01-01T00:00:00Z"));
  const blobs = join(directory.path, "blobs");
  const store = await diskObjects(database, { directory: blobs, clock, ids: seededIds("objects") });
  return {
    store,
    clock,
    async blobCount() {
      await store.sweep();
      return blobFiles(blobs).length;
    },
    async close() {
      await database.close();
      directory.remove();
    },
  };
});
