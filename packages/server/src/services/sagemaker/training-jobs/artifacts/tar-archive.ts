import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { type Pack, pack } from "tar-stream";
import type { LeftFile } from "../../../../platform/compute/compute-backend.ts";

/** Dates and owners in an archive, so that the same files give the same bytes. */
const epoch = new Date(0);

/** A gzipped tar of files in their order, produced while it is read. It breaks with the error of a file that cannot be read. */
export function tarGz(files: AsyncIterable<LeftFile>): Readable {
  const archive = pack();
  const compressed = archive.pipe(createGzip());
  archive.once("error", (error) => compressed.destroy(error));
  compressed.once("close", () => archive.destroy());
  fill(archive, files).catch((error: unknown) => archive.destroy(error as Error));
  return compressed;
}

async function fill(archive: Pack, files: AsyncIterable<LeftFile>): Promise<void> {
  for await (const file of files) {
    const mode = (file.mode & 0o111) === 0 ? 0o644 : 0o755;
    const entry = archive.entry({ name: file.path, size: file.size, mode, mtime: epoch, uid: 0, gid: 0 });
    await pipeline(file.open(), entry);
  }
  archive.finalize();
}
