import type { Database } from "../../database/database.ts";
import { queries, statement, template } from "../../database/queries.ts";
import type { BlobFiles } from "./blob-files.ts";
import type { BlobHolds } from "./blob-holds.ts";

/** Removes blobs that nothing refers to any more. */
export interface BlobGarbage {
  /** Call after a write that may have released blobs; they are removed soon. */
  notice(): void;
  /** Removes all that can be removed now. */
  collect(): Promise<void>;
  /** Also removes what crashes of earlier starts left: blobs that were written and never referred to. */
  sweep(): Promise<void>;
}

const collectAtOnce = 500;

export interface GarbageOptions {
  readonly database: Database;
  readonly files: BlobFiles;
  readonly holds: BlobHolds;
  /** Blobs of smaller ids were written by earlier starts. */
  readonly firstId: number;
}

export function blobGarbage(options: GarbageOptions): BlobGarbage {
  let running: Promise<void> | undefined;
  let noticed = false;

  const collect = (): Promise<void> => {
    running ??= collectGarbage(options).finally(() => {
      running = undefined;
    });
    return running;
  };

  return {
    collect,
    notice() {
      if (noticed) {
        return;
      }
      noticed = true;
      setImmediate(() => {
        noticed = false;
        // What could not be removed stays noted, and is tried again with the next garbage or after the next start.
        collect().catch(() => undefined);
      });
    },
    async sweep() {
      await collect();
      await removeOrphans(options);
    },
  };
}

const notedAfter = template<{ after: number }>((value) =>
  queries
    .selectFrom("garbage")
    .select("blob_id")
    .where("blob_id", ">", value("after"))
    .orderBy("blob_id")
    .limit(collectAtOnce),
);

/** The note goes last: a crash before that only makes the next start remove files that are gone. */
async function collectGarbage({ database, files, holds }: GarbageOptions): Promise<void> {
  for (let after = 0; ;) {
    const noted = await database.all<{ blob_id: number }>(notedAfter({ after }));
    const ids = noted.map((row) => row.blob_id).filter((id) => !holds.isHeld(id));
    if (ids.length > 0) {
      await Promise.all(ids.map((id) => files.remove(id)));
      await database.write([
        statement(queries.deleteFrom("blobs").where("id", "in", ids)),
        statement(queries.deleteFrom("garbage").where("blob_id", "in", ids)),
      ]);
    }
    const last = noted.at(-1);
    if (last === undefined || noted.length < collectAtOnce) {
      return;
    }
    after = last.blob_id;
  }
}

async function removeOrphans({ database, files, firstId }: GarbageOptions): Promise<void> {
  for await (const ids of files.ids()) {
    const old = ids.filter((id) => id < firstId);
    for (let start = 0; start < old.length; start += collectAtOnce) {
      const some = old.slice(start, start + collectAtOnce);
      const known = await database.all<{ id: number }>(
        statement(queries.selectFrom("blobs").select("id").where("id", "in", some)),
      );
      const referred = new Set(known.map((row) => row.id));
      await Promise.all(some.filter((id) => !referred.has(id)).map((id) => files.remove(id)));
    }
  }
}
