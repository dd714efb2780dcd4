import type { Readable } from "node:stream";
import { clientError } from "../../jobs/job-failure.ts";

/** First word of a RecordIO frame, little-endian (MXNet's format). */
const magic = 0xced7230a;
/** A frame's length has 29 bits; the upper three say whether it continues. */
const maxFrameBytes = 2 ** 29 - 1;

/**
 * One RecordIO record with the whole of `bytes`: header, payload, zeroes up to a multiple of four. Without a known `size` the
 * payload is collected first, as its length comes before it.
 */
export async function* recordIoFrames(bytes: Readable, size: number | undefined, name: string): AsyncIterable<Buffer> {
  const collected = size === undefined ? await collect(bytes, name) : undefined;
  const length = collected?.length ?? size ?? 0;
  if (length > maxFrameBytes) {
    throw tooLarge(name);
  }
  yield header(length);
  if (collected === undefined) {
    yield* bytes as AsyncIterable<Buffer>;
  } else {
    yield collected;
  }
  yield Buffer.alloc((4 - (length % 4)) % 4);
}

function header(length: number): Buffer {
  const words = Buffer.alloc(8);
  words.writeUInt32LE(magic, 0);
  words.writeUInt32LE(length, 4);
  return words;
}

async function collect(bytes: Readable, name: string): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of bytes as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxFrameBytes) {
      throw tooLarge(name);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size);
}

function tooLarge(name: string): Error {
  return clientError(`Data download failed: ${name} is too large for one RecordIO record`);
}
