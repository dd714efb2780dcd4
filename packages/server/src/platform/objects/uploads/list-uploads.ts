import { sql, type RawBuilder } from "kysely";
import { queries, statement } from "../../database/queries.ts";
import { listDelimited, type Position, type ReadRows } from "../delimited-listing.ts";
import { fromKeyText, toKeyText } from "../key-text.ts";
import { afterPrefix, isBefore } from "../key-order.ts";
import { bucketId } from "../object-statements.ts";
import type { ObjectStore } from "../object-store.ts";
import type { StoreContext } from "../store-context.ts";
import { toUpload, uploadColumns, type UploadRow } from "./upload-rows.ts";

type UploadsQuery = Parameters<ObjectStore["listUploads"]>[1];

/** By key and then by creation. */
export async function listUploads(
  context: StoreContext,
  bucket: string,
  query: UploadsQuery,
): ReturnType<ObjectStore["listUploads"]> {
  const page = await listDelimited(query, readUploads(context, bucket, query));
  return {
    uploads: page.rows.map((row) => toUpload(bucket, row)),
    commonPrefixes: page.commonPrefixes,
    more: page.more,
  };
}

function readUploads({ database }: StoreContext, bucket: string, query: UploadsQuery): ReadRows<UploadRow> {
  const end = afterPrefix(query.prefix);
  return async (position, limit) => {
    let select = queries
      .selectFrom("uploads")
      .select(uploadColumns)
      .where("bucket_id", "=", bucketId(bucket))
      .where(beginsAt(position, query))
      .orderBy("key")
      .orderBy("upload_id")
      .limit(limit);
    if (end !== undefined) {
      select = select.where("key", "<", toKeyText(end));
    }
    const rows = await database.all<UploadRow>(statement(select));
    return rows.map((row) => ({ ...row, key: fromKeyText(row.key) }));
  };
}

function beginsAt(position: Position<UploadRow>, query: UploadsQuery): RawBuilder<boolean> {
  if (position.type === "after") {
    return isBeyond(position.row.key, position.row.upload_id);
  }
  if (position.type === "from") {
    return sql<boolean>`key >= ${toKeyText(position.key)}`;
  }
  if (isBefore(query.after, query.prefix)) {
    return sql<boolean>`key >= ${toKeyText(query.prefix)}`;
  }
  return query.afterUploadId === undefined
    ? sql<boolean>`key > ${toKeyText(query.after)}`
    : isBeyond(query.after, query.afterUploadId);
}

function isBeyond(key: string, uploadId: string): RawBuilder<boolean> {
  return sql<boolean>`(key, upload_id) > (${toKeyText(key)}, ${uploadId})`;
}
