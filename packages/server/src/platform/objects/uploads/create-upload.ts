import { sql } from "kysely";
import { queries, statement } from "../../database/queries.ts";
import { toKeyText } from "../key-text.ts";
import type { MultipartUpload, ObjectStore } from "../object-store.ts";
import type { ObjectAddress, StoreContext } from "../store-context.ts";
import { toUpload, type UploadFacts } from "./upload-rows.ts";

/** Undefined when the bucket is missing. */
export async function createUpload(
  context: StoreContext,
  address: ObjectAddress,
  options: Parameters<ObjectStore["createUpload"]>[2],
): Promise<MultipartUpload | undefined> {
  const row = {
    upload_id: newUploadId(context),
    key: address.key,
    initiated_at: context.clock.now().getTime(),
    facts: JSON.stringify(options satisfies UploadFacts),
  };
  const insert = queries
    .insertInto("uploads")
    .columns(["bucket_id", "upload_id", "key", "initiated_at", "facts"])
    .expression((expression) =>
      expression
        .selectFrom("buckets")
        .select([
          "id",
          sql<string>`${row.upload_id}`.as("upload_id"),
          sql<string>`${toKeyText(row.key)}`.as("key"),
          sql<number>`${row.initiated_at}`.as("initiated_at"),
          sql<string>`${row.facts}`.as("facts"),
        ])
        .where("name", "=", address.bucket),
    );
  const outcome = await context.database.write([statement(insert, { expectChanges: 1 })]);
  return outcome.committed ? toUpload(address.bucket, row) : undefined;
}

/** Ids of one key order by their creation, as S3 lists them; the random half makes them unguessable. */
function newUploadId({ contentIds, ids }: StoreContext): string {
  return `${contentIds.next().toString(36).padStart(11, "0")}.${ids.hex(64)}`;
}
