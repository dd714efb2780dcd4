// Run by the full-disk test, from the build, on a file system of a few megabytes: says what it saw, as JSON.
import { randomBytes } from "node:crypto";
import { readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { systemClock } from "../../../../dist/platform/clock/system-clock.js";
import { openDatabase } from "../../../../dist/platform/database/open-database.js";
import { randomIds } from "../../../../dist/platform/ids/random-ids.js";
import { diskObjects } from "../../../../dist/platform/objects/disk-objects.js";

const [directory = ""] = process.argv.slice(2);
const filler = join(directory, "filler");
await writeFile(filler, Buffer.alloc(2 ** 20));
const database = await openDatabase({ file: join(directory, "clary.db"), durable: true });
const clock = systemClock();
const store = await diskObjects(database, { directory: join(directory, "blobs"), clock, ids: randomIds() });
await store.createBucket({ name: "b", account: "1", region: "r" });

const acknowledged = new Map();
const errors = new Set();

async function put(key, size) {
  const body = randomBytes(size);
  try {
    await store.put("b", key, body);
    acknowledged.set(key, body);
    return true;
  } catch (error) {
    errors.add(`${error.name}: ${error.message}`);
    return false;
  }
}

async function putUntilFull(prefix, size) {
  for (let count = 0; ; count += 4) {
    const results = await Promise.all([0, 1, 2, 3].map((index) => put(`${prefix}/${count + index}`, size)));
    if (results.includes(false)) {
      return results.filter(Boolean).length;
    }
  }
}

async function countWrong() {
  let wrong = 0;
  for (const [key, body] of acknowledged) {
    const object = await store.open("b", key);
    wrong += object !== undefined && Buffer.compare(await object.bytes(), body) === 0 ? 0 : 1;
    await object?.close();
  }
  return wrong;
}

await putUntilFull("large", 300_000);
const unfinishedFiles = (await readdir(join(directory, "blobs", "unfinished"))).length;
await putUntilFull("small", 4096);
const wrongWhileFull = await countWrong();
await rm(filler);
const recovered = (await put("after/small", 4096)) && (await put("after/large", 300_000));
const listed = await store.list("b", { prefix: "", delimiter: "", after: "", limit: 10_000 });
process.stdout.write(
  JSON.stringify({
    errors: [...errors],
    unfinishedFiles,
    wrongWhileFull,
    recovered,
    wrongAfter: await countWrong(),
    unexpected: listed.objects.filter((object) => !acknowledged.has(object.key)).length,
    acknowledged: acknowledged.size,
  }),
);
await database.close();
