import { statfs } from "node:fs/promises";
import { StorageError } from "../database/storage-error.ts";

/**
 * Keeps objects from using a disk up. Removing something takes a little space too (it is written to the database's log
 * first), and so do the records of jobs: on a disk that uploads had filled to the last byte, nothing could be deleted any more.
 */
export interface FreeSpace {
  /**
   * Call before bytes are written. Undefined, without waiting, as long as the last look at the disk showed enough.
   * Rejects with `StorageError` when they would use what is kept back.
   */
  take(bytes: number): Promise<void> | undefined;
}

/** Kept back: an eighth of a small disk, and of others more than the database's log grows to between two checkpoints. */
const mostKept = 32 * 2 ** 20;
/** After so many bytes the disk is looked at again, for others write to it as well. */
const lookEvery = 256 * 2 ** 20;

/** Of the file system that `directory` is on. */
export function freeSpace(directory: string): FreeSpace {
  let left = 0;

  const look = async (bytes: number): Promise<void> => {
    const { bavail, blocks, bsize } = await statfs(directory);
    const usable = bavail * bsize - Math.min(mostKept, (blocks * bsize) / 8);
    left = Math.min(usable, lookEvery) - bytes;
    if (usable < bytes) {
      throw new StorageError("full", new Error(`${bavail * bsize} bytes are free; the last of them are kept back`));
    }
  };

  return {
    take(bytes) {
      left -= bytes;
      return left < 0 ? look(bytes) : undefined;
    },
  };
}
