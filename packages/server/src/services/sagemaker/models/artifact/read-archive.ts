import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { extract } from "tar-stream";
import { ArchiveError } from "./archive-error.ts";
import type { ArchiveLimits } from "./archive-limits.ts";
import { ArchiveMeter } from "./archive-meter.ts";
import { archivePath } from "./archive-path.ts";

/** A regular file of an archive, in the archive's order. `content` must be read or resumed before the next one comes. */
export interface ArchiveEntry {
  readonly path: string;
  readonly size: number;
  readonly content: Readable;
}

const contentTypes = new Set(["file", "contiguous-file"]);

/**
 * Reads the files of a `.tar.gz`. Directories are skipped: a file's path says them.
 * @throws ArchiveError when the bytes are no such archive, an entry is neither file nor directory (links are refused: they
 * can lead out of the model), a path is unsafe, or a limit is passed.
 */
export async function* readArchive(source: Readable, limits: ArchiveLimits): AsyncGenerator<ArchiveEntry> {
  const meter = new ArchiveMeter(limits);
  const entries = extract();
  const piped = pipeline(source, meter.input, createGunzip(), meter.output, entries);
  // The iteration below fails with the same error; without this it would also count as unhandled.
  piped.catch(() => undefined);
  try {
    for await (const content of entries) {
      const { name, type } = content.header;
      const size = contentSize(content.header.size);
      if (type === "directory") {
        content.resume();
        continue;
      }
      if (!contentTypes.has(type ?? "")) {
        throw new ArchiveError(`the archive holds ${JSON.stringify(name)}, which is a ${type ?? "special file"}`);
      }
      meter.entry(size);
      yield { path: filePath(name), size, content };
    }
    await piped;
  } catch (error) {
    throw error instanceof ArchiveError ? error : describeDamage(error);
  } finally {
    entries.destroy();
    source.destroy();
  }
}

/** An extended header can say any size; with one that is no count of bytes, tar-stream would wait for ever. */
function contentSize(size: number | undefined): number {
  if (size === undefined || !Number.isSafeInteger(size) || size < 0) {
    throw new ArchiveError(`the archive is damaged: an entry claims ${size} bytes`);
  }
  return size;
}

function filePath(name: string): string {
  const path = archivePath(name);
  if (path === "") {
    throw new ArchiveError(`the archive holds a file with the empty path ${JSON.stringify(name)}`);
  }
  return path;
}

function describeDamage(error: unknown): unknown {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const message = error instanceof Error ? error.message : "";
  const damaged =
    code.startsWith("Z_") ||
    /^(Invalid tar header|Unexpected end of data|Invalid pax|unexpected end of file)/i.test(message);
  return damaged ? new ArchiveError(`the archive is damaged: ${message}`) : error;
}
