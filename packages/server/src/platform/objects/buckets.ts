import { sql } from "kysely";
import type { Database } from "../database/database.ts";
import { queries, statement, template } from "../database/queries.ts";
import type { BucketsTable } from "../database/tables/object-tables.ts";
import { BucketCache } from "./bucket-cache.ts";
import { expectBucket } from "./object-statements.ts";
import type { Bucket, ObjectStore } from "./object-store.ts";
import type { StoreContext } from "./store-context.ts";

type BucketRow = Omit<BucketsTable, "id">;

const bucketColumns = ["name", "account", "region", "created_at", "settings"] as const;

const findBucket = template<{ name: string }>((value) =>
  queries.selectFrom("buckets").select(bucketColumns).where("name", "=", value("name")),
);

export type BucketOperations = Pick<
  ObjectStore,
  "createBucket" | "getBucket" | "listBuckets" | "setBucketSetting" | "deleteBucket"
>;

export function bucketOperations({ database, clock, garbage }: StoreContext): BucketOperations {
  const cache = new BucketCache();
  const readBucket = async (name: string): Promise<Bucket | undefined> => {
    const row = await database.first<BucketRow>(findBucket({ name }));
    return row === undefined ? undefined : toBucket(row);
  };
  return {
    async createBucket(bucket) {
      const row: BucketRow = { ...bucket, created_at: clock.now().getTime(), settings: "{}" };
      const insert = queries
        .insertInto("buckets")
        .values(row)
        .onConflict((conflict) => conflict.doNothing());
      const outcome = await cache.during(database.write([statement(insert, { expectChanges: 1 })]));
      return outcome.committed ? toBucket(row) : undefined;
    },
    getBucket: (name) => cache.get(name, readBucket),
    async listBuckets(account) {
      const all = queries.selectFrom("buckets").select(bucketColumns).where("account", "=", account).orderBy("name");
      return (await database.all<BucketRow>(statement(all))).map(toBucket);
    },
    async setBucketSetting(name, setting, value) {
      // One statement, so that two settings that change at once do not undo each other.
      const patch = JSON.stringify({ [setting]: value ?? null });
      const settings = sql<string>`json_patch(settings, ${patch})`;
      const update = queries.updateTable("buckets").set({ settings }).where("name", "=", name);
      return (await cache.during(database.write([statement(update, { expectChanges: 1 })]))).committed;
    },
    async deleteBucket(name) {
      const result = await cache.during(deleteBucket(database, name));
      garbage.notice();
      return result;
    },
  };
}

/** Unfinished uploads do not keep a bucket; they go with it. */
async function deleteBucket(database: Database, name: string): Promise<"deleted" | "no-such-bucket" | "not-empty"> {
  const id = queries.selectFrom("buckets").select("id").where("name", "=", name);
  const uploads = queries.selectFrom("uploads").select("upload_id").where("bucket_id", "=", id);
  const objects = queries.selectFrom("objects").select("bucket_id").where("bucket_id", "=", id).limit(1);
  const outcome = await database.write([
    expectBucket({ bucket: name }),
    statement(queries.deleteFrom("upload_parts").where("upload_id", "in", uploads)),
    statement(queries.deleteFrom("uploads").where("bucket_id", "=", id)),
    statement(queries.deleteFrom("buckets").where("name", "=", name).where("id", "not in", objects), {
      expectChanges: 1,
    }),
  ]);
  if (outcome.committed) {
    return "deleted";
  }
  return outcome.failedStatement === 0 ? "no-such-bucket" : "not-empty";
}

function toBucket(row: BucketRow): Bucket {
  return {
    name: row.name,
    account: row.account,
    region: row.region,
    createdAt: new Date(row.created_at),
    settings: JSON.parse(row.settings),
  };
}
