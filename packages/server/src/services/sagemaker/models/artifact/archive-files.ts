import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import type { WorkloadFile } from "../../../../platform/compute/compute-backend.ts";
import { ArchiveError } from "./archive-error.ts";
import type { ArchiveLimits } from "./archive-limits.ts";
import { readArchive } from "./read-archive.ts";

const inlineFileBytes = 4 * 1024 ** 2;
const inlineTotalBytes = 16 * 1024 ** 2;

/**
 * The files of a `.tar.gz` below `directory`. The whole archive is read once and checked before anything is handed out;
 * small files are kept from that pass, larger ones are streamed from the archive again, so memory stays bounded.
 * `open` must give the same bytes each time.
 */
export async function archiveFiles(
  open: () => Promise<Readable>,
  directory: string,
  limits: ArchiveLimits,
): Promise<readonly WorkloadFile[]> {
  const files = new Map<string, WorkloadFile>();
  let position = 0;
  let inlineBytes = 0;
  for await (const entry of readArchive(await open(), limits)) {
    const path = `${directory}/${entry.path}`;
    if (entry.size <= inlineFileBytes && inlineBytes + entry.size <= inlineTotalBytes) {
      inlineBytes += entry.size;
      files.set(path, { path, content: await buffer(entry.content) });
    } else {
      const at = position;
      entry.content.resume();
      files.set(path, { path, content: async () => Readable.from(entryBytes(await open(), at, limits)) });
    }
    position += 1;
  }
  refuseFilesAsDirectories(files, directory);
  return [...files.values()];
}

async function* entryBytes(source: Readable, position: number, limits: ArchiveLimits): AsyncGenerator<Uint8Array> {
  let at = 0;
  for await (const entry of readArchive(source, limits)) {
    if (at === position) {
      yield* entry.content;
      return;
    }
    entry.content.resume();
    at += 1;
  }
  throw new ArchiveError("the archive changed while it was read");
}

function refuseFilesAsDirectories(files: ReadonlyMap<string, WorkloadFile>, directory: string): void {
  for (const path of files.keys()) {
    for (let slash = path.lastIndexOf("/"); slash > directory.length; slash = path.lastIndexOf("/", slash - 1)) {
      if (files.has(path.slice(0, slash))) {
        throw new ArchiveError(`the archive holds ${JSON.stringify(path.slice(directory.length + 1))} below a file`);
      }
    }
  }
}
