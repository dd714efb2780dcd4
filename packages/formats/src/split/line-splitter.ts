import type { Readable } from "node:stream";
import { NEWLINE } from "../bytes/ascii.ts";

export interface SplitterOptions {
  /** A record that is longer is a RangeError: a stream without separators must not fill the memory. */
  readonly maxRecordBytes?: number;
}

/** As large as a transform payload may be. */
export const DEFAULT_MAX_RECORD_BYTES: number = 100 * 1024 * 1024;

/**
 * The lines of a stream, each with its newline; the last one as it stands. A line inside one chunk shares the chunk's
 * memory, only lines that cross chunks are copied.
 */
export async function* LineSplitter(
  source: Readable | AsyncIterable<Uint8Array>,
  options: SplitterOptions = {},
): AsyncGenerator<Buffer> {
  const limit = options.maxRecordBytes ?? DEFAULT_MAX_RECORD_BYTES;
  let pending: Buffer[] = [];
  let pendingBytes = 0;
  for await (const piece of source) {
    const chunk = asBuffer(piece);
    let start = 0;
    for (let newline = chunk.indexOf(NEWLINE); newline >= 0; newline = chunk.indexOf(NEWLINE, start)) {
      const line = chunk.subarray(start, newline + 1);
      start = newline + 1;
      yield pendingBytes === 0 ? line : Buffer.concat([...pending, line]);
      pending = [];
      pendingBytes = 0;
    }
    if (start < chunk.length) {
      pending.push(chunk.subarray(start));
      pendingBytes += chunk.length - start;
      checkRecordLength(pendingBytes, limit);
    }
  }
  if (pendingBytes > 0) {
    yield Buffer.concat(pending);
  }
}

/** A stream's chunk, without a copy. */
export function asBuffer(chunk: Uint8Array | string): Buffer {
  if (typeof chunk === "string") {
    return Buffer.from(chunk, "utf8");
  }
  return Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
}

export function checkRecordLength(bytes: number, limit: number): void {
  if (bytes > limit) {
    throw new RangeError(`A record is longer than ${limit} bytes.`);
  }
}
