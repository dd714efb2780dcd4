import { queries, statement } from "../../database/queries.ts";
import { fromKeyText } from "../key-text.ts";
import type { StoreContext } from "../store-context.ts";
import { partColumns, type PartRow, type UploadRow } from "./upload-rows.ts";

/** S3 takes no more parts than this. */
const mostParts = 10_000;

export async function findUpload(
  { database }: StoreContext,
  uploadId: string,
): Promise<(UploadRow & { readonly bucket: string }) | undefined> {
  const query = queries
    .selectFrom("uploads")
    .innerJoin("buckets", "buckets.id", "uploads.bucket_id")
    .select(["upload_id", "key", "initiated_at", "facts", "buckets.name as bucket"])
    .where("upload_id", "=", uploadId);
  const row = await database.first<UploadRow & { readonly bucket: string }>(statement(query));
  return row === undefined ? undefined : { ...row, key: fromKeyText(row.key) };
}

/** In order of their numbers. */
export function findParts(
  { database }: StoreContext,
  uploadId: string,
  after = 0,
  limit: number = mostParts,
): Promise<readonly PartRow[]> {
  const query = queries
    .selectFrom("upload_parts")
    .select(partColumns)
    .where("upload_id", "=", uploadId)
    .where("part_number", ">", after)
    .orderBy("part_number")
    .limit(limit);
  return database.all<PartRow>(statement(query));
}
