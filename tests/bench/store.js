// Measures the object store by itself, without HTTP: node tests/bench/store.js [objects] [callers]
import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { systemClock } from "../../packages/server/dist/platform/clock/system-clock.js";
import { openDatabase } from "../../packages/server/dist/platform/database/open-database.js";
import { randomIds } from "../../packages/server/dist/platform/ids/random-ids.js";
import { diskObjects } from "../../packages/server/dist/platform/objects/disk-objects.js";

const objects = Number(process.argv[2] ?? 20_000);
const callers = Number(process.argv[3] ?? 16);

async function withStore(options, use) {
  const directory = await mkdtemp(join(tmpdir(), "clary-bench-"));
  const database = await openDatabase({ file: join(directory, "clary.db"), durable: true });
  const settings = { directory: join(directory, "blobs"), clock: systemClock(), ids: randomIds(), ...options };
  const store = await diskObjects(database, settings);
  await store.createBucket({ name: "bucket", account: "111122223333", region: "us-east-1" });
  try {
    return await use(store);
  } finally {
    await database.close();
    await rm(directory, { recursive: true });
  }
}

/** Keeps `callers` operations under way until `count` are done; the CPU time is that of all threads of this process. */
async function measure(count, operation) {
  let next = 0;
  const cpu = process.cpuUsage();
  const start = process.hrtime.bigint();
  const work = async () => {
    while (next < count) {
      next += 1;
      await operation(next - 1);
    }
  };
  await Promise.all(Array.from({ length: callers }, work));
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  const { user, system } = process.cpuUsage(cpu);
  return { perSecond: Math.round(count / seconds), cpuMicroseconds: Math.round((user + system) / count) };
}

function report(name, { perSecond, cpuMicroseconds }) {
  console.log(
    `${name.padEnd(46)}${String(perSecond).padStart(9)} /s ${String(cpuMicroseconds).padStart(7)} µs CPU each`,
  );
}

const keyOf = (index) => `folder/key-${String(index).padStart(8, "0")}`;
const spread = (index) => keyOf((index * 7919) % objects);
const put = { systemMetadata: { "content-type": "binary/octet-stream" }, algorithms: ["CRC32"] };

async function measureSmallObjects() {
  await withStore({}, async (store) => {
    const bodies = Array.from({ length: 64 }, () => randomBytes(4096));
    const write = (index) => store.put("bucket", keyOf(index), bodies[index % bodies.length], put);
    report(`PUT 4 KiB, ${callers} callers`, await measure(objects, write));
    report(`PUT 4 KiB over the same keys`, await measure(objects, write));
    const read = async (index) => {
      const object = await store.open("bucket", spread(index));
      await object.bytes();
      await object.close();
    };
    report("GET 4 KiB", await measure(objects, read));
    report("HEAD", await measure(objects, (index) => store.head("bucket", spread(index))));
    const page = { prefix: "", delimiter: "", limit: 1000 };
    const list = (index) => store.list("bucket", { ...page, after: spread(index) });
    report(`list 1,000 of ${objects.toLocaleString("en")} keys`, await measure(200, list));
    report("DELETE", await measure(objects, (index) => store.delete("bucket", keyOf(index))));
  });
}

/** Which size objects should have to become files of their own. */
async function measureThreshold() {
  for (const size of [4, 16, 32, 64, 128, 256].map((kibibytes) => kibibytes * 1024)) {
    for (const [form, inlineLimit] of [
      ["in the database", size],
      ["as files", 0],
    ]) {
      await withStore({ inlineLimit }, async (store) => {
        const body = randomBytes(size);
        const count = Math.max(400, Math.min(4000, Math.round(2 ** 27 / size)));
        const write = (index) => store.put("bucket", keyOf(index), body, put);
        report(`PUT ${size / 1024} KiB ${form}`, await measure(count, write));
      });
    }
  }
}

await measureSmallObjects();
await measureThreshold();
