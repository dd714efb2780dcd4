import { buffer } from "node:stream/consumers";
import { createGzip } from "node:zlib";
import { pack, type Headers } from "tar-stream";

/** A `.tar.gz` of the given files, as training jobs leave it. */
export function modelArchive(files: Readonly<Record<string, string | Uint8Array>>): Promise<Uint8Array> {
  return archiveOf(Object.entries(files).map(([name, content]) => ({ header: { name }, content })));
}

/** The types of tar-stream leave out the extended headers that it writes. */
type ArchiveHeader = Headers & { readonly pax?: Readonly<Record<string, string>> };

/** A `.tar.gz` of any entries, honest or not. */
export function archiveOf(
  entries: readonly { readonly header: ArchiveHeader; readonly content?: string | Uint8Array }[],
): Promise<Uint8Array> {
  const tar = pack();
  for (const { header, content } of entries) {
    tar.entry(header, content === undefined ? "" : Buffer.from(content));
  }
  tar.finalize();
  return buffer(tar.pipe(createGzip()));
}
