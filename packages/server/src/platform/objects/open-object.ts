import { Readable } from "node:stream";
import { crc32 } from "node:zlib";
import { queries, template } from "../database/queries.ts";
import type { BlobsTable } from "../database/tables/object-tables.ts";
import { readBlob, type BlobToRead } from "./blobs/read-blob.ts";
import { CorruptObjectError } from "./object-errors.ts";
import type { ByteRange, ObjectInfo, OpenObject } from "./object-store.ts";
import type { StoreContext } from "./store-context.ts";

/** Where an object's bytes are: the blobs in order, whose block checksums are read with them unless they are known already. */
export type ObjectContent =
  | { readonly kind: "inline"; readonly bytes: Uint8Array; readonly checksum: number }
  | {
      readonly kind: "blobs";
      readonly blobs: readonly (Omit<BlobToRead, "blockChecksums"> & Partial<BlobToRead>)[];
    };

export function openObject(context: StoreContext, info: ObjectInfo, content: ObjectContent): OpenObject {
  const release = content.kind === "inline" ? () => undefined : holdBlobs(context, content.blobs);
  return {
    info,
    stream(range) {
      const stream = Readable.from(readContent(context, info, content, range), { objectMode: false });
      stream.once("close", release);
      return stream;
    },
    async bytes(range) {
      const pieces: Uint8Array[] = [];
      for await (const piece of readContent(context, info, content, range)) {
        pieces.push(piece);
      }
      const [only] = pieces;
      return pieces.length === 1 && only !== undefined ? only : Buffer.concat(pieces);
    },
    close: async () => release(),
  };
}

function holdBlobs(context: StoreContext, blobs: readonly { readonly id: number }[]): () => void {
  const release = context.holds.hold(blobs.map((blob) => blob.id));
  return () => {
    release();
    context.garbage.notice();
  };
}

async function* readContent(
  context: StoreContext,
  info: ObjectInfo,
  content: ObjectContent,
  range: ByteRange | undefined,
): AsyncGenerator<Uint8Array, void, undefined> {
  const { start, end } = range ?? { start: 0, end: info.size - 1 };
  if (content.kind === "inline") {
    if (crc32(content.bytes) !== content.checksum) {
      throw new CorruptObjectError(`object ${info.bucket}/${info.key}`);
    }
    yield content.bytes.subarray(start, end + 1);
    return;
  }
  let blobStart = 0;
  for (const blob of content.blobs) {
    const within = { start: Math.max(start - blobStart, 0), end: Math.min(end - blobStart, blob.size - 1) };
    if (within.start <= within.end) {
      yield* readBlob(context.files, await withBlockChecksums(context, blob), within);
    }
    blobStart += blob.size;
  }
}

const findBlockChecksums = template<{ id: number }>((value) =>
  queries.selectFrom("blobs").select("block_checksums").where("id", "=", value("id")),
);

async function withBlockChecksums(
  context: StoreContext,
  blob: Omit<BlobToRead, "blockChecksums"> & Partial<BlobToRead>,
): Promise<BlobToRead> {
  if (blob.blockChecksums !== undefined) {
    return { ...blob, blockChecksums: blob.blockChecksums };
  }
  const row = await context.database.first<Pick<BlobsTable, "block_checksums">>(findBlockChecksums({ id: blob.id }));
  return { ...blob, blockChecksums: row?.block_checksums ?? new Uint8Array() };
}
