import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { manualClock, type ManualClock } from "../clock/manual-clock.ts";
import type { Database } from "../database/database.ts";
import { openDatabase } from "../database/open-database.ts";
import { temporaryDirectory } from "../testing/temporary-directory.ts";
import { logSinks } from "./log-sinks.ts";
import { describeLogStore } from "./log-store.contract.ts";
import { sqliteLogs, type SqliteLogs } from "./sqlite-logs.ts";

const scope = { account: "111122223333", region: "us-east-1" };

interface Opened {
  readonly database: Database;
  readonly clock: ManualClock;
  readonly store: SqliteLogs;
  close(): Promise<void>;
}

async function open(): Promise<Opened> {
  const directory = temporaryDirectory();
  const database = await openDatabase({ file: join(directory.path, "clary.db"), durable: true });
  const clock = manualClock(new Date("2024-01-01T00:00:00Z"));
  return {
    database,
    clock,
    store: sqliteLogs(database, clock),
    async close() {
      await database.close();
      directory.remove();
    },
  };
}

describeLogStore("sqlite", open);

describe("sqliteLogs", () => {
  let opened: Opened;
  beforeAll(async () => {
    opened = await open();
  });
  afterAll(() => opened.close());

  it("sweeps what retention has ended, and counts it no longer", async () => {
    const { store, clock, database } = opened;
    await store.createGroup(scope, "g");
    await store.createStream(scope, "g", "s");
    await store.append(scope, "g", "s", [{ timestamp: clock.now().getTime(), message: "old" }]);
    await store.setRetention(scope, "g", 1);
    clock.advance(2 * 86_400_000);
    await store.append(scope, "g", "s", [{ timestamp: clock.now().getTime(), message: "new" }]);
    await store.sweep();
    const left = await database.all<{ message: string }>({ sql: "SELECT message FROM log_events", parameters: [] });
    expect(left.map((row) => row.message)).toEqual(["new"]);
    expect((await store.getGroup(scope, "g"))?.storedBytes).toBe(29);
  });
});

describe("logSinks", () => {
  let opened: Opened;
  beforeAll(async () => {
    opened = await open();
  });
  afterAll(() => opened.close());

  const read = async (stream: string): Promise<string[] | undefined> =>
    (await opened.store.read(scope, "/aws/jobs", stream, { limit: 10_000, backwards: false }))?.map(
      (each) => each.message,
    );

  it("makes group and stream on the first line and keeps the order of many, from several sinks", async () => {
    const sinks = logSinks(opened.store, opened.clock);
    const [one, two] = [sinks.open(scope, "/aws/jobs", "one"), sinks.open(scope, "/aws/jobs", "two")];
    const lines = Array.from({ length: 3000 }, (_, index) => `line ${index}`);
    for (const line of lines) {
      one.write(line);
      two.write(`${line}\tx`);
    }
    await Promise.all([one.flush(), two.flush()]);
    expect(await read("one")).toEqual(lines);
    expect(await read("two")).toEqual(lines.map((line) => `${line}#011x`));
  });

  it("keeps its lines while the store cannot take them", async () => {
    let failures = 2;
    const store = {
      ...opened.store,
      append: (...call: Parameters<SqliteLogs["append"]>) => {
        failures -= 1;
        return failures >= 0 ? Promise.reject(new Error("disk full")) : opened.store.append(...call);
      },
    };
    const sink = logSinks(store, opened.clock).open(scope, "/aws/jobs", "patient");
    sink.write("kept");
    const flushed = sink.flush();
    while (failures >= 0) {
      await new Promise((resolve) => setImmediate(resolve));
      opened.clock.advance(1000);
    }
    await flushed;
    expect(await read("patient")).toEqual(["kept"]);
  });
});
