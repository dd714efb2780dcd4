import { sql, type InsertQueryBuilder, type InsertResult, type RawBuilder } from "kysely";
import type { Statement } from "../database/database.ts";
import { queries, template, type Parameter, type Tables } from "../database/queries.ts";
import type { ObjectsTable } from "../database/tables/object-tables.ts";
import { toKeyText } from "./key-text.ts";
import type { WriteCondition } from "./object-store.ts";
import type { ReceivedBody } from "./receive-body.ts";

/** A new version of an object, as it is written. */
export type ObjectValues = {
  readonly bucket: string;
  readonly key: string;
  readonly contentId: number;
  readonly contentKind: ObjectsTable["content_kind"];
  readonly size: number;
  readonly etag: string;
  readonly modifiedAt: number;
  readonly facts: string;
};

const versionColumns = ["content_id", "content_kind", "size", "etag", "modified_at", "facts"] as const;

/** A bucket's id, for use inside a query on its objects. */
export function bucketId(name: string): RawBuilder<number> {
  return sql<number>`(${queries.selectFrom("buckets").select("id").where("name", "=", name)})`;
}

/** Meets its expectation when the bucket exists. */
export const expectBucket: (values: { bucket: string }) => Statement = template<{ bucket: string }>(
  (value) => queries.selectFrom("buckets").select("id").where("name", "=", value("bucket")),
  { returning: true, expectChanges: 1 },
);

const insertAlways = template<ObjectValues>(
  (value) =>
    insertFromBucket(value).onConflict((conflict) =>
      conflict.columns(["bucket_id", "key"]).doUpdateSet((row) => ({
        content_id: row.ref("excluded.content_id"),
        content_kind: row.ref("excluded.content_kind"),
        size: row.ref("excluded.size"),
        etag: row.ref("excluded.etag"),
        modified_at: row.ref("excluded.modified_at"),
        facts: row.ref("excluded.facts"),
      })),
    ),
  { expectChanges: 1 },
);

const insertIfAbsent = template<ObjectValues>(
  (value) => insertFromBucket(value).onConflict((conflict) => conflict.columns(["bucket_id", "key"]).doNothing()),
  { expectChanges: 1 },
);

const replaceIfEtag = template<ObjectValues & { expectedEtag: string }>(
  (value) =>
    queries
      .updateTable("objects")
      .set({
        content_id: value("contentId"),
        content_kind: value("contentKind"),
        size: value("size"),
        etag: value("etag"),
        modified_at: value("modifiedAt"),
        facts: value("facts"),
      })
      .where("bucket_id", "=", bucketId(value("bucket")))
      .where("key", "=", value("key"))
      .where("etag", "=", value("expectedEtag")),
  { expectChanges: 1 },
);

/** Makes a version of an object the current one; its expectation fails where the condition does, or the bucket is missing. */
export function writeObject(object: ObjectValues, condition: WriteCondition | undefined): Statement {
  const values = { ...object, key: toKeyText(object.key) };
  switch (condition?.type) {
    case undefined:
      return insertAlways(values);
    case "absent":
      return insertIfAbsent(values);
    case "etag-is":
      return replaceIfEtag({ ...values, expectedEtag: condition.etag });
  }
}

const insertBytes = template<{ contentId: number; checksum: number; bytes: Uint8Array }>((value) =>
  queries
    .insertInto("object_bytes")
    .values({ content_id: value("contentId"), checksum: value("checksum"), bytes: value("bytes") }),
);

const insertBlob = template<{ id: number; size: number; blockChecksums: Uint8Array }>((value) =>
  queries
    .insertInto("blobs")
    .values({ id: value("id"), size: value("size"), block_checksums: value("blockChecksums") }),
);

/** Records the bytes of a content. */
export function writeContent(contentId: number, body: ReceivedBody): Statement {
  return body.kind === "inline"
    ? insertBytes({ contentId, checksum: body.checksum, bytes: body.bytes })
    : insertBlob({ id: body.blob.id, size: body.blob.size, blockChecksums: body.blob.blockChecksums });
}

type ObjectsInsert = InsertQueryBuilder<Tables, "objects", InsertResult>;

function insertFromBucket(value: Parameter<ObjectValues>): ObjectsInsert {
  return queries
    .insertInto("objects")
    .columns(["bucket_id", "key", ...versionColumns])
    .expression((row) =>
      row
        .selectFrom("buckets")
        .select([
          "id",
          sql<string>`${value("key")}`.as("key"),
          sql<number>`${value("contentId")}`.as("content_id"),
          sql<string>`${value("contentKind")}`.as("content_kind"),
          sql<number>`${value("size")}`.as("size"),
          sql<string>`${value("etag")}`.as("etag"),
          sql<number>`${value("modifiedAt")}`.as("modified_at"),
          sql<string>`${value("facts")}`.as("facts"),
        ])
        .where("name", "=", value("bucket")),
    );
}
