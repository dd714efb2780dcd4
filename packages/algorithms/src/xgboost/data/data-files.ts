import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { basename } from "node:path";
import { createGunzip } from "node:zlib";
import type { TrainingChannel } from "../../algorithm.ts";
import { UserError } from "../../failures.ts";

const CHUNK_BYTES = 1024 * 1024;
const GZIP_MAGIC = [0x1f, 0x8b];

/**
 * The channel's data files. Names that begin with `_` are left out, as markers of Spark and Hadoop are no data; a hidden
 * file is an error, as in AWS's container.
 */
export async function dataFiles(channel: TrainingChannel): Promise<readonly string[]> {
  const files = await channel.files();
  if (files.some((file) => basename(file).startsWith("."))) {
    throw new UserError("Hidden file found in the data path! Remove that before training.");
  }
  return files.filter((file) => !basename(file).startsWith("_"));
}

/** A file's bytes; gzip is undone, whatever the file is called. */
export async function openDataFile(path: string): Promise<AsyncIterable<Uint8Array>> {
  const stream = createReadStream(path, { highWaterMark: CHUNK_BYTES });
  return (await isGzip(path)) ? stream.pipe(createGunzip({ chunkSize: CHUNK_BYTES })) : stream;
}

async function isGzip(path: string): Promise<boolean> {
  const file = await open(path, "r");
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(2), 0, 2, 0);
    return bytesRead === 2 && buffer[0] === GZIP_MAGIC[0] && buffer[1] === GZIP_MAGIC[1];
  } finally {
    await file.close();
  }
}
