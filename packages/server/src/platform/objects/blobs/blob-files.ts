import { mkdir, open, readdir, rename, rm, unlink, type FileHandle } from "node:fs/promises";
import { join } from "node:path";
import { syncDirectory } from "../../data-directory/sync-directory.ts";
import { asStorageError } from "../../database/storage-error.ts";
import { BlockChecksums } from "./block-checksums.ts";

/** A blob whose bytes and name would survive a power cut. Nothing refers to it yet. */
export interface WrittenBlob {
  readonly id: number;
  readonly size: number;
  readonly blockChecksums: Uint8Array;
}

/** Blobs on disk: immutable files named by their id, never by anything of a client's. */
export interface BlobFiles {
  /** `onBytes` sees all bytes in order. When the source or the disk fails, nothing is left behind. */
  write(id: number, source: AsyncIterable<Uint8Array>, onBytes: (bytes: Uint8Array) => void): Promise<WrittenBlob>;
  open(id: number): Promise<FileHandle>;
  /** No error when it is gone. */
  remove(id: number): Promise<void>;
  /** Ids of all files, of one folder at a time. */
  ids(): AsyncIterable<readonly number[]>;
  /** Removes what unfinished writes of earlier starts left. Only before the first write. */
  removeUnfinished(): Promise<void>;
}

/** Bytes handed to the kernel at once: enough to make a system call per megabyte or two instead of one per network packet. */
const writeSize = 2 ** 20;

export async function openBlobFiles(directory: string): Promise<BlobFiles> {
  const unfinished = join(directory, "unfinished");
  await mkdir(unfinished, { recursive: true, mode: 0o700 });
  await syncDirectory(directory);
  const folders = new Set<string>();
  const folderOf = (id: number): string => join(directory, (id % 256).toString(16).padStart(2, "0"));
  const pathOf = (id: number): string => join(folderOf(id), id.toString(16));

  /** Gives the finished file its name, and makes the name durable. */
  const finish = async (temporary: string, id: number): Promise<void> => {
    const folder = folderOf(id);
    if (!folders.has(folder)) {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await syncDirectory(directory);
      folders.add(folder);
    }
    await rename(temporary, pathOf(id));
    await syncDirectory(folder);
  };

  return {
    async write(id, source, onBytes) {
      const temporary = join(unfinished, id.toString(16));
      try {
        const written = await writeFile(temporary, source, onBytes);
        await finish(temporary, id);
        return { id, ...written };
      } catch (error) {
        await rm(temporary, { force: true });
        await rm(pathOf(id), { force: true });
        throw asStorageError(error);
      }
    },
    open: (id) => open(pathOf(id), "r"),
    remove: (id) => rm(pathOf(id), { force: true }),
    async *ids() {
      for (const folder of await readdir(directory)) {
        if (/^[0-9a-f]{2}$/.test(folder)) {
          yield (await readdir(join(directory, folder))).map((name) => Number.parseInt(name, 16));
        }
      }
    },
    async removeUnfinished() {
      for (const name of await readdir(unfinished)) {
        await unlink(join(unfinished, name));
      }
    },
  };
}

/** Writes and syncs the file. The kernel writes one batch while the next arrives and is hashed. */
async function writeFile(
  path: string,
  source: AsyncIterable<Uint8Array>,
  onBytes: (bytes: Uint8Array) => void,
): Promise<Omit<WrittenBlob, "id">> {
  const checksums = new BlockChecksums();
  const handle = await open(path, "wx", 0o600);
  let size = 0;
  let batch: Uint8Array[] = [];
  let batchSize = 0;
  let writing: Promise<unknown> = Promise.resolve();
  const send = async (): Promise<void> => {
    await writing;
    writing = batchSize === 0 ? Promise.resolve() : writeAll(handle, batch, batchSize);
    // It is awaited before the next batch; a failure until then must not count as unhandled.
    writing.catch(() => undefined);
    batch = [];
    batchSize = 0;
  };
  try {
    for await (const bytes of source) {
      onBytes(bytes);
      checksums.update(bytes);
      size += bytes.length;
      batch.push(bytes);
      batchSize += bytes.length;
      if (batchSize >= writeSize) {
        await send();
      }
    }
    await send();
    await writing;
    await handle.datasync();
    return { size, blockChecksums: checksums.finish() };
  } finally {
    await writing.catch(() => undefined);
    await handle.close();
  }
}

/** `writev` may write less than it was given, as it does before the disk is full. */
async function writeAll(handle: FileHandle, batch: readonly Uint8Array[], size: number): Promise<void> {
  const { bytesWritten } = await handle.writev(batch);
  if (bytesWritten < size) {
    await handle.writeFile(Buffer.concat(batch).subarray(bytesWritten));
  }
}
