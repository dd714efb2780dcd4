import { join } from "node:path";
import { afterAll } from "vitest";
import { manualClock } from "../../../platform/clock/manual-clock.ts";
import { openDatabase } from "../../../platform/database/open-database.ts";
import { seededIds } from "../../../platform/ids/seeded-ids.ts";
import { diskObjects } from "../../../platform/objects/disk-objects.ts";
import type { ObjectStore } from "../../../platform/objects/object-store.ts";
import { temporaryDirectory } from "../../../platform/testing/temporary-directory.ts";

interface OpenedStore {
  readonly store: ObjectStore;
  close(): Promise<void>;
}

/** When everything in these tests happens. */
export const now: Date = new Date("2026-11-20T10:00:00.250Z");

let opened: Promise<OpenedStore> | undefined;

afterAll(async () => {
  await (await opened)?.close();
});

/** The real object store, opened once for a test file and emptied for each test. */
export async function emptyStore(accounts: readonly string[]): Promise<ObjectStore> {
  opened ??= open();
  const { store } = await opened;
  for (const account of accounts) {
    for (const { name } of await store.listBuckets(account)) {
      const { objects } = await store.list(name, { prefix: "", delimiter: "", after: "", limit: 1000 });
      await store.deleteMany(
        name,
        objects.map(({ key }) => key),
      );
      await store.deleteBucket(name);
    }
  }
  return store;
}

async function open(): Promise<OpenedStore> {
  const directory = temporaryDirectory();
  const database = await openDatabase({ file: join(directory.path, "clary.db"), durable: false });
  const store = await diskObjects(database, {
    directory: join(directory.path, "blobs"),
    clock: manualClock(now),
    ids: seededIds("s3"),
  });
  return {
    store,
    async close() {
      await database.close();
      directory.remove();
    },
  };
}
