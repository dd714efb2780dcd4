import type { UploadPartsTable, UploadsTable } from "../../database/tables/object-tables.ts";
import type { MultipartUpload, ObjectStore, UploadedPart } from "../object-store.ts";

/** What was given when the upload began, kept as text. */
export type UploadFacts = Parameters<ObjectStore["createUpload"]>[2];

export const uploadColumns = ["upload_id", "key", "initiated_at", "facts"] as const;
export type UploadRow = Pick<UploadsTable, (typeof uploadColumns)[number]>;

export const partColumns = ["part_number", "blob_id", "size", "etag", "modified_at", "checksums"] as const;
export type PartRow = Pick<UploadPartsTable, (typeof partColumns)[number]>;

export function factsOf(row: UploadRow): UploadFacts {
  return JSON.parse(row.facts);
}

export function toUpload(bucket: string, row: UploadRow): MultipartUpload {
  const { algorithm, checksumType } = factsOf(row);
  return {
    uploadId: row.upload_id,
    bucket,
    key: row.key,
    initiatedAt: new Date(row.initiated_at),
    ...(algorithm === undefined ? {} : { algorithm }),
    ...(checksumType === undefined ? {} : { checksumType }),
  };
}

export function toPart(row: PartRow): UploadedPart {
  return {
    partNumber: row.part_number,
    size: row.size,
    etag: row.etag,
    lastModified: new Date(row.modified_at),
    checksums: JSON.parse(row.checksums),
  };
}
