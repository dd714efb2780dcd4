import { buffer } from "node:stream/consumers";
import { createGzip, gunzipSync } from "node:zlib";
import { extract, pack } from "tar-stream";

/** A `model.tar.gz` with these files. */
export function makeArchive(files: Readonly<Record<string, string | Uint8Array>>): Promise<Buffer> {
  const tar = pack();
  for (const [name, content] of Object.entries(files)) {
    tar.entry({ name }, Buffer.from(content));
  }
  tar.finalize();
  return buffer(tar.pipe(createGzip()));
}

/** Everything in a `.tar.gz`; rejects when it is cut short or damaged. */
export async function readArchive(bytes: Uint8Array): Promise<ReadonlyMap<string, Buffer>> {
  const files = new Map<string, Buffer>();
  const reader = extract();
  reader.end(gunzipSync(bytes));
  for await (const entry of reader) {
    files.set(entry.header.name, await buffer(entry));
  }
  return files;
}
