import { sql } from "kysely";
import { queries, statement, template } from "../database/queries.ts";
import { toKeyText } from "./key-text.ts";
import { bucketId } from "./object-statements.ts";
import type { ObjectAddress, StoreContext } from "./store-context.ts";

const deleteKey = template<{ bucket: string; key: string }>((value) =>
  queries
    .deleteFrom("objects")
    .where("bucket_id", "=", bucketId(value("bucket")))
    .where("key", "=", value("key")),
);

/** One transaction; tells how many of the keys there were. */
export async function deleteObjects(context: StoreContext, bucket: string, keys: readonly string[]): Promise<number> {
  const outcome = await context.database.write(keys.map((key) => deleteKey({ bucket, key: toKeyText(key) })));
  context.garbage.notice();
  return outcome.committed ? outcome.results.reduce((sum, result) => sum + result.changes, 0) : 0;
}

/** Replaces all tags of an object, in one statement, so that nothing else about it can be lost. */
export async function setObjectTags(
  { database }: StoreContext,
  { bucket, key }: ObjectAddress,
  tags: Readonly<Record<string, string>>,
): Promise<boolean> {
  const update = queries
    .updateTable("objects")
    .set({ facts: sql<string>`json_set(facts, '$.tags', json(${JSON.stringify(tags)}))` })
    .where("bucket_id", "=", bucketId(bucket))
    .where("key", "=", toKeyText(key));
  return (await database.write([statement(update, { expectChanges: 1 })])).committed;
}
