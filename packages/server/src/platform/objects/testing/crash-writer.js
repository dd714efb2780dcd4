// Run by the crash test, from the build: writes to an object store until it is killed, and says what it tries and what was acknowledged.
import { createHash, randomBytes } from "node:crypto";
import { join } from "node:path";
import { systemClock } from "../../../../dist/platform/clock/system-clock.js";
import { openDatabase } from "../../../../dist/platform/database/open-database.js";
import { randomIds } from "../../../../dist/platform/ids/random-ids.js";
import { diskObjects } from "../../../../dist/platform/objects/disk-objects.js";

const [directory = ""] = process.argv.slice(2);
const writers = 8;
const database = await openDatabase({ file: join(directory, "clary.db"), durable: true });
const clock = systemClock();
const store = await diskObjects(database, { directory: join(directory, "blobs"), clock, ids: randomIds() });
await store.createBucket({ name: "b", account: "1", region: "r" });
void store.sweep();

const md5 = (bytes) => createHash("md5").update(bytes).digest("hex");

/** Writing to a pipe is synchronous: a line is out before the next step begins. */
function say(step, key, content) {
  process.stdout.write(`${step} ${key} ${content}\n`);
}

async function put(key, body) {
  say("try", key, md5(body));
  await store.put("b", key, body);
  say("done", key, md5(body));
}

async function upload(key, parts) {
  const whole = md5(Buffer.concat(parts));
  say("try", key, whole);
  const { uploadId } = await store.createUpload("b", key, {});
  await Promise.all(parts.map((part, index) => store.putPart(uploadId, index + 1, part)));
  await store.completeUpload(
    uploadId,
    parts.map((_part, index) => index + 1),
  );
  say("done", key, whole);
}

async function remove(key) {
  say("try", key, "absent");
  await store.delete("b", key);
  say("done", key, "absent");
}

/** Each writer has keys of its own, so that what it was told last is what must be there. */
async function work(writer) {
  for (let step = 0; ; step += 1) {
    const key = `${writer}/${step % 5}`;
    const kind = Math.floor(Math.random() * 5);
    if (kind === 0) {
      await remove(key);
    } else if (kind === 1) {
      await put(key, randomBytes(200_000));
    } else if (kind === 2) {
      await upload(key, [randomBytes(100_000), randomBytes(10), randomBytes(70_000)]);
    } else {
      await put(key, randomBytes(4096));
    }
  }
}

await Promise.all(Array.from({ length: writers }, (_, writer) => work(writer)));
