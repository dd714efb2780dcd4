// Run under strace by the sync-trace test, from the build: puts objects one after the other and says when each was acknowledged.
import { join } from "node:path";
import { systemClock } from "../../../../dist/platform/clock/system-clock.js";
import { openDatabase } from "../../../../dist/platform/database/open-database.js";
import { randomIds } from "../../../../dist/platform/ids/random-ids.js";
import { diskObjects } from "../../../../dist/platform/objects/disk-objects.js";

const [directory = "", size = "0", count = "0"] = process.argv.slice(2);
const database = await openDatabase({ file: join(directory, "clary.db"), durable: true });
const clock = systemClock();
const store = await diskObjects(database, { directory: join(directory, "blobs"), clock, ids: randomIds() });
await store.createBucket({ name: "b", account: "1", region: "r" });
for (let index = 0; index < Number(count); index += 1) {
  process.stdout.write(`begin ${index}\n`);
  await store.put("b", `k${index}`, Buffer.alloc(Number(size), index));
  process.stdout.write(`acknowledged ${index}\n`);
}
await database.close();
