import type { Readable } from "node:stream";

export const checksumAlgorithms = ["CRC32", "CRC32C", "CRC64NVME", "SHA1", "SHA256"] as const;
export type ChecksumAlgorithm = (typeof checksumAlgorithms)[number];

/** A checksum of the whole object, base64 as S3 writes it (`…-N` suffix for composite multipart checksums). */
export interface Checksum {
  readonly algorithm: ChecksumAlgorithm;
  readonly value: string;
  readonly type: "FULL_OBJECT" | "COMPOSITE";
}

/** Everything about an object but its bytes. */
export interface ObjectInfo {
  readonly bucket: string;
  readonly key: string;
  readonly size: number;
  /** Without quotes: MD5 in hex, or `<hex>-<parts>` for multipart objects. */
  readonly etag: string;
  readonly lastModified: Date;
  /** System headers that were given (`content-type`, `cache-control` …), names in lower case. */
  readonly systemMetadata: Readonly<Record<string, string>>;
  /** `x-amz-meta-*` without the prefix, names in lower case. */
  readonly userMetadata: Readonly<Record<string, string>>;
  readonly checksums: readonly Checksum[];
  readonly tags: Readonly<Record<string, string>>;
  /** Sizes of the parts, for multipart objects. */
  readonly partSizes?: readonly number[];
}

export interface PutOptions {
  readonly systemMetadata?: Readonly<Record<string, string>>;
  readonly userMetadata?: Readonly<Record<string, string>>;
  readonly tags?: Readonly<Record<string, string>>;
  /** Checksums to compute and keep, beside MD5. */
  readonly algorithms?: readonly ChecksumAlgorithm[];
  /**
   * Called with what was computed once all bytes have arrived and before anything is visible; throwing refuses the object
   * and leaves no trace. Trailing checksums and `x-amz-content-sha256` are compared here.
   */
  readonly verify?: (received: ReceivedBytes) => void;
  readonly condition?: WriteCondition;
}

export interface ReceivedBytes {
  readonly size: number;
  /** Hex. */
  readonly md5: string;
  readonly checksums: readonly Checksum[];
}

/** Conditions checked in the same transaction as the write. `etag` without quotes. */
export type WriteCondition = { readonly type: "absent" } | { readonly type: "etag-is"; readonly etag: string };

export type PutResult =
  | { readonly outcome: "stored"; readonly object: ObjectInfo }
  | { readonly outcome: "no-such-bucket" | "condition-failed" | "no-such-upload" };

/** Inclusive byte offsets, already clamped to the object's size by the caller. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/** An object opened for reading. Its bytes stay readable while it is open, also when the key is overwritten or deleted. */
export interface OpenObject {
  readonly info: ObjectInfo;
  /** May be called once. Fails with `CorruptObjectError` when stored bytes no longer match their checksum. */
  stream(range?: ByteRange): Readable;
  /** Whole object or range in memory; for small objects, which are inline. */
  bytes(range?: ByteRange): Promise<Uint8Array>;
  close(): Promise<void>;
}

export interface Bucket {
  readonly name: string;
  readonly account: string;
  readonly region: string;
  readonly createdAt: Date;
  /** Subresources kept as text (`policy`, `tagging`, `cors` …), by name. */
  readonly settings: Readonly<Record<string, string>>;
}

export interface ObjectListQuery {
  readonly prefix: string;
  /** Empty for none; any non-empty string otherwise. */
  readonly delimiter: string;
  /** Exclusive: the last key or common prefix of the page before, or `StartAfter`. */
  readonly after: string;
  /** Keys and common prefixes together. */
  readonly limit: number;
}

export interface ObjectListing {
  readonly objects: readonly ObjectInfo[];
  readonly commonPrefixes: readonly string[];
  /** The last key or common prefix on the page; present when there are more. */
  readonly next?: string;
}

export interface MultipartUpload {
  readonly uploadId: string;
  readonly bucket: string;
  readonly key: string;
  readonly initiatedAt: Date;
  readonly algorithm?: ChecksumAlgorithm;
  readonly checksumType?: Checksum["type"];
}

export interface UploadedPart {
  readonly partNumber: number;
  readonly size: number;
  readonly etag: string;
  readonly lastModified: Date;
  readonly checksums: readonly Checksum[];
}

/**
 * Buckets and their objects. A put, a completed upload or a delete is acknowledged only when it would survive a power cut.
 * Keys are data, never paths. Keys order by their UTF-8 bytes. Implementations pass `object-store.contract.ts`.
 */
export interface ObjectStore {
  /** Undefined when the name is taken. */
  createBucket(bucket: Pick<Bucket, "name" | "account" | "region">): Promise<Bucket | undefined>;
  getBucket(name: string): Promise<Bucket | undefined>;
  listBuckets(account: string): Promise<readonly Bucket[]>;
  setBucketSetting(name: string, setting: string, value: string | undefined): Promise<boolean>;
  deleteBucket(name: string): Promise<"deleted" | "no-such-bucket" | "not-empty">;

  put(bucket: string, key: string, body: Uint8Array | Readable, options?: PutOptions): Promise<PutResult>;
  head(bucket: string, key: string): Promise<ObjectInfo | undefined>;
  open(bucket: string, key: string): Promise<OpenObject | undefined>;
  delete(bucket: string, key: string): Promise<boolean>;
  /** One transaction; absent keys are no error. */
  deleteMany(bucket: string, keys: readonly string[]): Promise<void>;
  setTags(bucket: string, key: string, tags: Readonly<Record<string, string>>): Promise<boolean>;
  list(bucket: string, query: ObjectListQuery): Promise<ObjectListing>;

  createUpload(
    bucket: string,
    key: string,
    options: Pick<PutOptions, "systemMetadata" | "userMetadata" | "tags"> &
      Pick<MultipartUpload, "algorithm" | "checksumType">,
  ): Promise<MultipartUpload | undefined>;
  getUpload(bucket: string, key: string, uploadId: string): Promise<MultipartUpload | undefined>;
  putPart(
    uploadId: string,
    partNumber: number,
    body: Uint8Array | Readable,
    options?: Pick<PutOptions, "algorithms" | "verify">,
  ): Promise<UploadedPart | undefined>;
  listParts(uploadId: string, after: number, limit: number): Promise<readonly UploadedPart[]>;
  listUploads(
    bucket: string,
    query: ObjectListQuery & { readonly afterUploadId?: string },
  ): Promise<{
    readonly uploads: readonly MultipartUpload[];
    readonly commonPrefixes: readonly string[];
    readonly more: boolean;
  }>;
  /** The caller has checked order, sizes and etags of `partNumbers` against `listParts`. */
  completeUpload(
    uploadId: string,
    partNumbers: readonly number[],
    options?: Pick<PutOptions, "condition" | "verify">,
  ): Promise<PutResult>;
  abortUpload(uploadId: string): Promise<boolean>;
}
