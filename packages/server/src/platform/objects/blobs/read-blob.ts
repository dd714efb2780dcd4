import type { FileHandle } from "node:fs/promises";
import type { ByteRange } from "../object-store.ts";
import { CorruptObjectError } from "../object-errors.ts";
import { blockSize, isBlockIntact } from "./block-checksums.ts";
import type { BlobFiles } from "./blob-files.ts";

export interface BlobToRead {
  readonly id: number;
  readonly size: number;
  readonly blockChecksums: Uint8Array;
}

/**
 * The bytes of a range of a blob. Whole blocks are read and verified before any byte of them is given; the next is read while
 * the reader deals with this one. Throws `CorruptObjectError`, also when the file is missing or short.
 */
export async function* readBlob(
  files: BlobFiles,
  blob: BlobToRead,
  range: ByteRange,
): AsyncGenerator<Uint8Array, void, undefined> {
  const handle = await openBlob(files, blob);
  const lastBlock = Math.floor(range.end / blockSize);
  let next = readBlock(handle, blob, Math.floor(range.start / blockSize));
  try {
    for (let index = Math.floor(range.start / blockSize); index <= lastBlock; index += 1) {
      const block = await next;
      if (index < lastBlock) {
        next = readBlock(handle, blob, index + 1);
        next.catch(() => undefined);
      }
      const blockStart = index * blockSize;
      yield block.subarray(Math.max(0, range.start - blockStart), range.end + 1 - blockStart);
    }
  } finally {
    await next.catch(() => undefined);
    await handle.close();
  }
}

async function openBlob(files: BlobFiles, blob: BlobToRead): Promise<FileHandle> {
  try {
    return await files.open(blob.id);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") {
      throw new CorruptObjectError(`blob ${blob.id.toString(16)} is missing`);
    }
    throw error;
  }
}

async function readBlock(handle: FileHandle, blob: BlobToRead, index: number): Promise<Uint8Array> {
  const start = index * blockSize;
  const block = Buffer.allocUnsafeSlow(Math.min(blockSize, blob.size - start));
  let filled = 0;
  while (filled < block.length) {
    const { bytesRead } = await handle.read(block, filled, block.length - filled, start + filled);
    if (bytesRead === 0) {
      break;
    }
    filled += bytesRead;
  }
  if (filled < block.length || !isBlockIntact(block, blob.blockChecksums, index)) {
    throw new CorruptObjectError(`block ${index} of blob ${blob.id.toString(16)}`);
  }
  return block;
}
