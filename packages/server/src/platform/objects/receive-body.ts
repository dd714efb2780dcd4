import type { Readable } from "node:stream";
import { crc32 } from "node:zlib";
import type { WrittenBlob } from "./blobs/blob-files.ts";
import { ReceivedChecksums } from "./checksums/running-checksums.ts";
import type { FreeSpace } from "./free-space.ts";
import type { PutOptions, ReceivedBytes } from "./object-store.ts";
import type { StoreContext } from "./store-context.ts";

/** Bytes that have arrived and that nothing refers to yet. */
export type ReceivedBody =
  | { readonly kind: "inline"; readonly bytes: Uint8Array; readonly checksum: number; readonly received: ReceivedBytes }
  | { readonly kind: "blob"; readonly blob: WrittenBlob; readonly received: ReceivedBytes };

type ReceiveOptions = Pick<PutOptions, "algorithms" | "verify">;

/** What an object's rows take beside its bytes, roughly. */
const rowBytes = 1024;

/** Takes a body, up to `inlineLimit` bytes into memory, others (all, when it is negative) into a blob. Throws what `verify` throws, and then leaves nothing behind. */
export async function receiveBody(
  context: StoreContext,
  body: Uint8Array | Readable,
  inlineLimit: number,
  options: ReceiveOptions,
): Promise<ReceivedBody> {
  const checksums = new ReceivedChecksums(options.algorithms ?? []);
  if (body instanceof Uint8Array && body.length <= inlineLimit) {
    const room = context.space.take(rowBytes + body.length);
    if (room !== undefined) {
      await room;
    }
    return inlineBody([body], checksums, options);
  }
  // A stream that is destroyed early ends its iteration with an error: a body cut short is never taken for whole.
  const source = toIterator(body instanceof Uint8Array ? [body] : body);
  const { head, isAll } = await readUpTo(source, inlineLimit);
  if (isAll && inlineLimit >= 0) {
    await context.space.take(rowBytes + head.reduce((sum, { length }) => sum + length, 0));
    return inlineBody(head, checksums, options);
  }
  const contents = fitting(joined(head, source), context.space);
  const blob = await context.files.write(context.contentIds.next(), contents, (bytes) => checksums.update(bytes));
  const received = checksums.finish();
  try {
    options.verify?.(received);
  } catch (error) {
    await context.files.remove(blob.id);
    throw error;
  }
  return { kind: "blob", blob, received };
}

/** Removes a blob that will not be referred to. */
export async function discardBody(context: StoreContext, body: ReceivedBody): Promise<void> {
  if (body.kind === "blob") {
    await context.files.remove(body.blob.id);
  }
}

function inlineBody(
  chunks: readonly Uint8Array[],
  checksums: ReceivedChecksums,
  options: ReceiveOptions,
): ReceivedBody {
  const [only] = chunks;
  const bytes = chunks.length === 1 && only !== undefined ? only : Buffer.concat(chunks);
  checksums.update(bytes);
  const received = checksums.finish();
  options.verify?.(received);
  return { kind: "inline", bytes, checksum: crc32(bytes), received };
}

type Chunks = AsyncGenerator<Uint8Array, void, undefined>;

/** Reads until the source ends or has given more than `limit` bytes. */
async function readUpTo(source: Chunks, limit: number): Promise<{ head: Uint8Array[]; isAll: boolean }> {
  const head: Uint8Array[] = [];
  let size = 0;
  while (size <= limit) {
    const result = await source.next();
    if (result.done === true) {
      return { head, isAll: true };
    }
    head.push(result.value);
    size += result.value.length;
  }
  return { head, isAll: false };
}

async function* joined(head: readonly Uint8Array[], rest: Chunks): Chunks {
  yield* head;
  yield* rest;
}

/** The chunks as long as there is room for them on the disk. */
async function* fitting(chunks: Chunks, space: FreeSpace): Chunks {
  await space.take(rowBytes);
  for await (const chunk of chunks) {
    const room = space.take(chunk.length);
    if (room !== undefined) {
      await room;
    }
    yield chunk;
  }
}

async function* toIterator(source: Iterable<Uint8Array> | AsyncIterable<Uint8Array>): Chunks {
  yield* source;
}
