import type { Generated } from "kysely";

/**
 * Objects. `content_id` names the bytes of one version of an object: in `object_bytes` when they are small, else one blob of
 * that id, or the blobs that `content_parts` lists. `content_kind` says which. Keys order by their UTF-8 bytes, as S3 lists.
 *
 * Bytes go with what refers to them: the triggers delete small ones and note blobs in `garbage`, in the transaction that
 * overwrites or deletes the object. The files themselves are removed later (see `blob-garbage.ts`).
 */
export const objectTables: string = `
  CREATE TABLE sequences (name TEXT PRIMARY KEY, next INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  INSERT INTO sequences (name, next) VALUES ('content', 1);

  CREATE TABLE buckets (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL UNIQUE,
    account TEXT NOT NULL,
    region TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    settings TEXT NOT NULL
  ) STRICT;
  CREATE INDEX buckets_by_account ON buckets (account, name);

  CREATE TABLE objects (
    bucket_id INTEGER NOT NULL,
    key TEXT NOT NULL,
    content_id INTEGER NOT NULL,
    content_kind TEXT NOT NULL,
    size INTEGER NOT NULL,
    etag TEXT NOT NULL,
    modified_at INTEGER NOT NULL,
    facts TEXT NOT NULL,
    PRIMARY KEY (bucket_id, key)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE object_bytes (
    content_id INTEGER PRIMARY KEY,
    checksum INTEGER NOT NULL,
    bytes BLOB NOT NULL
  ) STRICT;

  CREATE TABLE blobs (
    id INTEGER PRIMARY KEY,
    size INTEGER NOT NULL,
    block_checksums BLOB NOT NULL
  ) STRICT;

  CREATE TABLE content_parts (
    content_id INTEGER NOT NULL,
    part_number INTEGER NOT NULL,
    blob_id INTEGER NOT NULL,
    size INTEGER NOT NULL,
    PRIMARY KEY (content_id, part_number)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE uploads (
    upload_id TEXT PRIMARY KEY,
    bucket_id INTEGER NOT NULL,
    key TEXT NOT NULL,
    initiated_at INTEGER NOT NULL,
    facts TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX uploads_by_key ON uploads (bucket_id, key, upload_id);

  CREATE TABLE upload_parts (
    upload_id TEXT NOT NULL,
    part_number INTEGER NOT NULL,
    blob_id INTEGER NOT NULL,
    size INTEGER NOT NULL,
    etag TEXT NOT NULL,
    modified_at INTEGER NOT NULL,
    checksums TEXT NOT NULL,
    PRIMARY KEY (upload_id, part_number)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE garbage (blob_id INTEGER PRIMARY KEY) STRICT;

${["UPDATE OF content_id", "DELETE"]
  .map(
    (event, index) => `
  CREATE TRIGGER objects_release_bytes_${index} AFTER ${event} ON objects WHEN old.content_kind = 'inline' BEGIN
    DELETE FROM object_bytes WHERE content_id = old.content_id;
  END;
  CREATE TRIGGER objects_release_blob_${index} AFTER ${event} ON objects WHEN old.content_kind = 'blob' BEGIN
    INSERT INTO garbage (blob_id) VALUES (old.content_id);
  END;
  CREATE TRIGGER objects_release_parts_${index} AFTER ${event} ON objects WHEN old.content_kind = 'parts' BEGIN
    INSERT INTO garbage (blob_id) SELECT blob_id FROM content_parts WHERE content_id = old.content_id;
    DELETE FROM content_parts WHERE content_id = old.content_id;
  END;`,
  )
  .join("\n")}

${["UPDATE OF blob_id", "DELETE"]
  .map(
    (event, index) => `
  CREATE TRIGGER upload_parts_release_${index} AFTER ${event} ON upload_parts BEGIN
    INSERT INTO garbage (blob_id) VALUES (old.blob_id);
  END;`,
  )
  .join("\n")}
`;

export interface SequencesTable {
  name: string;
  next: number;
}

export interface BucketsTable {
  id: Generated<number>;
  name: string;
  account: string;
  region: string;
  created_at: number;
  settings: string;
}

export interface ObjectsTable {
  bucket_id: number;
  key: string;
  content_id: number;
  content_kind: "inline" | "blob" | "parts";
  size: number;
  etag: string;
  modified_at: number;
  facts: string;
}

export interface ObjectBytesTable {
  content_id: number;
  checksum: number;
  bytes: Uint8Array;
}

export interface BlobsTable {
  id: number;
  size: number;
  block_checksums: Uint8Array;
}

export interface ContentPartsTable {
  content_id: number;
  part_number: number;
  blob_id: number;
  size: number;
}

export interface UploadsTable {
  upload_id: string;
  bucket_id: number;
  key: string;
  initiated_at: number;
  facts: string;
}

export interface UploadPartsTable {
  upload_id: string;
  part_number: number;
  blob_id: number;
  size: number;
  etag: string;
  modified_at: number;
  checksums: string;
}

export interface GarbageTable {
  blob_id: number;
}
