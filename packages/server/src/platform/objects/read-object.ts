import { sql, type RawBuilder } from "kysely";
import { queries, template } from "../database/queries.ts";
import type { BlobsTable, ObjectBytesTable, ObjectsTable } from "../database/tables/object-tables.ts";
import { toKeyText } from "./key-text.ts";
import { infoColumns, toObjectInfo, type InfoRow } from "./object-facts.ts";
import { bucketId } from "./object-statements.ts";
import type { ObjectInfo, OpenObject } from "./object-store.ts";
import { openObject } from "./open-object.ts";
import type { ObjectAddress, StoreContext } from "./store-context.ts";

interface HeadRow extends InfoRow {
  /** JSON list of part sizes in order; `[]` unless the object has parts. */
  readonly part_sizes: string;
}

interface OpenRow extends InfoRow, Pick<ObjectsTable, "content_id" | "content_kind"> {
  readonly checksum: ObjectBytesTable["checksum"] | null;
  readonly bytes: ObjectBytesTable["bytes"] | null;
  readonly block_checksums: BlobsTable["block_checksums"] | null;
  /** JSON list of `[blob id, size]` in order. */
  readonly parts: string;
}

const head = template<{ bucket: string; key: string }>((value) =>
  queries
    .selectFrom("objects")
    .select([...infoColumns, partList(sql`size`).as("part_sizes")])
    .where("bucket_id", "=", bucketId(value("bucket")))
    .where("key", "=", value("key")),
);

/** One query, so that what it gives belongs together however many writers there are. */
const open = template<{ bucket: string; key: string }>((value) =>
  queries
    .selectFrom("objects")
    .leftJoin("object_bytes", "object_bytes.content_id", "objects.content_id")
    .leftJoin("blobs", "blobs.id", "objects.content_id")
    .select([
      "objects.size",
      "objects.etag",
      "objects.modified_at",
      "objects.facts",
      "objects.content_id",
      "objects.content_kind",
      "object_bytes.checksum",
      "object_bytes.bytes",
      "blobs.block_checksums",
      partList(sql`json_array(blob_id, size)`).as("parts"),
    ])
    .where("objects.bucket_id", "=", bucketId(value("bucket")))
    .where("objects.key", "=", value("key")),
);

function partList(element: RawBuilder<unknown>): RawBuilder<string> {
  return sql<string>`(select json_group_array(${element}) from (
    select blob_id, size from content_parts where content_parts.content_id = objects.content_id order by part_number))`;
}

export async function headObject(context: StoreContext, address: ObjectAddress): Promise<ObjectInfo | undefined> {
  const row = await context.database.first<HeadRow>(head({ ...address, key: toKeyText(address.key) }));
  return row === undefined ? undefined : toObjectInfo(address, row, partSizesOf(JSON.parse(row.part_sizes)));
}

/** The blobs are held from before anybody could remove them: reading and holding happen in one turn of the event loop. */
export async function openStoredObject(context: StoreContext, address: ObjectAddress): Promise<OpenObject | undefined> {
  const row = await context.database.first<OpenRow>(open({ ...address, key: toKeyText(address.key) }));
  if (row === undefined) {
    return undefined;
  }
  const parts: readonly [number, number][] = JSON.parse(row.parts);
  const info = toObjectInfo(address, row, partSizesOf(parts.map(([, size]) => size)));
  if (row.bytes !== null) {
    return openObject(context, info, { kind: "inline", bytes: row.bytes, checksum: row.checksum ?? 0 });
  }
  if (row.content_kind === "parts") {
    return openObject(context, info, { kind: "blobs", blobs: parts.map(([id, size]) => ({ id, size })) });
  }
  const blob = { id: row.content_id, size: row.size, blockChecksums: row.block_checksums ?? new Uint8Array() };
  return openObject(context, info, { kind: "blobs", blobs: [blob] });
}

function partSizesOf(sizes: readonly number[]): readonly number[] | undefined {
  return sizes.length === 0 ? undefined : sizes;
}
