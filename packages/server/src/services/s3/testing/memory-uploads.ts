import { createHash } from "node:crypto";
import { buffer } from "node:stream/consumers";
import type {
  Checksum,
  MultipartUpload,
  ObjectInfo,
  ObjectStore,
  PutOptions,
  UploadedPart,
} from "../../../platform/objects/object-store.ts";
import { compositeOf, receivedBytes } from "./memory-checksums.ts";
import { compareBytes, listNames } from "./memory-listing.ts";
import type { ObjectWriter } from "./memory-objects.ts";

export type UploadStore = Pick<
  ObjectStore,
  "createUpload" | "getUpload" | "putPart" | "listParts" | "listUploads" | "completeUpload" | "abortUpload"
>;

interface StoredPart {
  readonly part: UploadedPart;
  readonly bytes: Uint8Array;
}

interface Upload {
  readonly upload: MultipartUpload;
  readonly attributes: Pick<PutOptions, "systemMetadata" | "userMetadata" | "tags">;
  readonly parts: Map<number, StoredPart>;
}

/** Multipart uploads of the store in memory; ids count up. */
export function memoryUploads(writer: ObjectWriter, now: () => Date): UploadStore {
  const uploads = new Map<string, Upload>();
  let count = 0;
  return {
    async createUpload(bucket, key, { systemMetadata, userMetadata, tags, ...checksum }) {
      if (!writer.hasBucket(bucket)) {
        return undefined;
      }
      count += 1;
      const upload: MultipartUpload = { uploadId: `upload-${count}`, bucket, key, initiatedAt: now(), ...checksum };
      const attributes = { systemMetadata: systemMetadata ?? {}, userMetadata: userMetadata ?? {}, tags: tags ?? {} };
      uploads.set(upload.uploadId, { upload, attributes, parts: new Map() });
      return upload;
    },
    async getUpload(bucket, key, uploadId) {
      const upload = uploads.get(uploadId)?.upload;
      return upload?.bucket === bucket && upload.key === key ? upload : undefined;
    },
    async putPart(uploadId, partNumber, body, options = {}) {
      const bytes = body instanceof Uint8Array ? body : await buffer(body);
      const { size, md5, checksums } = received(bytes, options);
      const part = { partNumber, size, etag: md5, lastModified: now(), checksums };
      uploads.get(uploadId)?.parts.set(partNumber, { part, bytes });
      return uploads.has(uploadId) ? part : undefined;
    },
    listParts: async (uploadId, after, limit) =>
      sortedParts(uploads.get(uploadId))
        .map(({ part }) => part)
        .filter(({ partNumber }) => partNumber > after)
        .slice(0, limit),
    listUploads: async (bucket, query) => listUploads([...uploads.values()], bucket, query),
    async completeUpload(uploadId, partNumbers, options = {}) {
      const upload = uploads.get(uploadId);
      if (upload === undefined) {
        return { outcome: "no-such-upload" };
      }
      const parts = sortedParts(upload).filter(({ part }) => partNumbers.includes(part.partNumber));
      const bytes = Buffer.concat(parts.map((stored) => stored.bytes));
      const info = completed(upload, parts, { bytes, lastModified: now() });
      options.verify?.({ size: info.size, md5: info.etag, checksums: info.checksums });
      const result = writer.store({ info, bytes }, options.condition);
      if (result.outcome === "stored") {
        uploads.delete(uploadId);
      }
      return result;
    },
    abortUpload: async (uploadId) => uploads.delete(uploadId),
  };
}

function received(
  bytes: Uint8Array,
  options: Pick<PutOptions, "algorithms" | "verify">,
): ReturnType<typeof receivedBytes> {
  const facts = receivedBytes(bytes, options.algorithms ?? []);
  options.verify?.(facts);
  return facts;
}

function sortedParts(upload: Upload | undefined): StoredPart[] {
  return [...(upload?.parts.values() ?? [])].toSorted((a, b) => a.part.partNumber - b.part.partNumber);
}

function completed(
  { upload, attributes }: Upload,
  parts: readonly StoredPart[],
  { bytes, lastModified }: { readonly bytes: Uint8Array; readonly lastModified: Date },
): ObjectInfo {
  const md5s = Buffer.concat(parts.map(({ part }) => Buffer.from(part.etag, "hex")));
  return {
    bucket: upload.bucket,
    key: upload.key,
    size: bytes.length,
    etag: `${createHash("md5").update(md5s).digest("hex")}-${parts.length}`,
    lastModified,
    systemMetadata: attributes.systemMetadata ?? {},
    userMetadata: attributes.userMetadata ?? {},
    tags: attributes.tags ?? {},
    checksums: objectChecksums(upload, parts, bytes),
    partSizes: parts.map(({ part }) => part.size),
  };
}

function objectChecksums(
  { algorithm, checksumType }: MultipartUpload,
  parts: readonly StoredPart[],
  bytes: Uint8Array,
): readonly Checksum[] {
  if (algorithm === undefined) {
    return [];
  }
  if (checksumType === "FULL_OBJECT") {
    return receivedBytes(bytes, [algorithm]).checksums;
  }
  const values = parts.map(
    ({ part }) => part.checksums.find((checksum) => checksum.algorithm === algorithm)?.value ?? "",
  );
  return [compositeOf(algorithm, values)];
}

function listUploads(
  all: readonly Upload[],
  bucket: string,
  query: Parameters<UploadStore["listUploads"]>[1],
): Awaited<ReturnType<UploadStore["listUploads"]>> {
  const rank = ({ key, uploadId }: MultipartUpload): string => `${key}\0${uploadId}`;
  const own = all.map(({ upload }) => upload).filter((upload) => upload.bucket === bucket);
  const sorted = own.toSorted((a, b) => compareBytes(rank(a), rank(b)));
  // An id marker continues within its key; without one a key marker skips all of the key's uploads.
  const after = query.after === "" ? "" : `${query.after}\0${query.afterUploadId ?? "\u{10FFFF}"}`;
  const { names, prefixes, next } = listNames(sorted.map(rank), { ...query, after });
  return {
    uploads: sorted.filter((upload) => names.includes(rank(upload))),
    commonPrefixes: prefixes,
    more: next !== undefined,
  };
}
