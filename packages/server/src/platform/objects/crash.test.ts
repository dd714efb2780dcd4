import { createHash } from "node:crypto";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { systemClock } from "../clock/system-clock.ts";
import { openDatabase } from "../database/open-database.ts";
import { randomIds } from "../ids/random-ids.ts";
import { runUntilKilled } from "../testing/run-until-killed.ts";
import { temporaryDirectory } from "../testing/temporary-directory.ts";
import { diskObjects } from "./disk-objects.ts";
import type { ObjectStore } from "./object-store.ts";

const rounds = Number(process.env["CLARY_CRASH_ROUNDS"] ?? 5);
const program = fileURLToPath(new URL("./testing/crash-writer.js", import.meta.url));

/** What a key may hold: what was acknowledged last, or what was tried since. */
type Expectations = Map<string, ReadonlySet<string>>;

function learn(expected: Expectations, lines: readonly string[]): void {
  for (const line of lines) {
    const [step, key = "", content = ""] = line.split(" ");
    expected.set(key, new Set(step === "done" ? [content] : [...(expected.get(key) ?? ["absent"]), content]));
  }
}

async function contentOf(store: ObjectStore, key: string): Promise<string> {
  const object = await store.open("b", key);
  if (object === undefined) {
    return "absent";
  }
  const bytes = await object.bytes();
  await object.close();
  return createHash("md5").update(bytes).digest("hex");
}

function countFiles(directory: string): number {
  return readdirSync(directory, { withFileTypes: true, recursive: true }).filter((entry) => entry.isFile()).length;
}

describe("kill -9", () => {
  it(
    `loses no acknowledged write, tears no object and leaves no orphan, ${rounds} times over`,
    { timeout: 600_000 },
    async () => {
      const directory = temporaryDirectory();
      const blobs = join(directory.path, "blobs");
      const expected: Expectations = new Map();
      for (let round = 0; round < rounds; round += 1) {
        // Spread over early and late moments: the first lines come while the store is still sweeping after the last crash.
        const afterLines = 1 + ((round * 97) % 400);
        learn(expected, await runUntilKilled({ program, args: [directory.path], afterLines }));

        const database = await openDatabase({ file: join(directory.path, "clary.db"), durable: true });
        const store = await diskObjects(database, { directory: blobs, clock: systemClock(), ids: randomIds() });
        for (const [key, contents] of expected) {
          const content = await contentOf(store, key);
          expect([...contents], `${key} in round ${round}`).toContain(content);
          expected.set(key, new Set([content]));
        }
        await store.sweep();
        const [row] = await database.all<{ count: number }>({
          sql: "SELECT count(*) AS count FROM blobs",
          parameters: [],
        });
        expect(countFiles(blobs), `blobs in round ${round}`).toBe(row?.count);
        await database.close();
      }
      directory.remove();
    },
  );
});
