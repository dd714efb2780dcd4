import type { Readable } from "node:stream";
import { DataFormatError } from "../data-format-error.ts";
import { readFrameHead, RECORDIO_HEAD_BYTES } from "../recordio/recordio-frames.ts";
import { asBuffer, checkRecordLength, DEFAULT_MAX_RECORD_BYTES, type SplitterOptions } from "./line-splitter.ts";

const WHOLE = 0;
const LAST_PART = 3;

/**
 * The records of a RecordIO stream with their framing; the parts of a divided record come as one. A record inside one chunk
 * shares the chunk's memory. Throws DataFormatError when the stream is not RecordIO or ends inside a record.
 */
export async function* RecordIoSplitter(
  source: Readable | AsyncIterable<Uint8Array>,
  options: SplitterOptions = {},
): AsyncGenerator<Buffer> {
  const limit = options.maxRecordBytes ?? DEFAULT_MAX_RECORD_BYTES;
  let pending: Buffer[] = [];
  let pendingBytes = 0;
  let needed = 0;
  for await (const piece of source) {
    pending.push(asBuffer(piece));
    pendingBytes += piece.length;
    if (pendingBytes < needed) {
      continue;
    }
    // Joined only when a record can be completed: a long record is not copied again with every chunk.
    const bytes = pending.length === 1 && pending[0] !== undefined ? pending[0] : Buffer.concat(pending, pendingBytes);
    let start = 0;
    for (let record = measure(bytes, start, limit); record.complete; record = measure(bytes, start, limit)) {
      yield bytes.subarray(start, record.end);
      start = record.end;
    }
    needed = measure(bytes, start, limit).end - start;
    pending = [bytes.subarray(start)];
    pendingBytes = bytes.length - start;
  }
  if (pendingBytes > 0) {
    throw new DataFormatError("RecordIO ends inside a record");
  }
}

interface Measured {
  readonly complete: boolean;
  /** Where the record ends, or up to where bytes are needed to know. */
  readonly end: number;
}

function measure(bytes: Buffer, start: number, limit: number): Measured {
  let position = start;
  for (;;) {
    if (position + RECORDIO_HEAD_BYTES > bytes.length) {
      return { complete: false, end: position + RECORDIO_HEAD_BYTES };
    }
    const { flag, frameBytes } = readFrameHead(bytes, position);
    position += frameBytes;
    checkRecordLength(position - start, limit);
    if (position > bytes.length) {
      return { complete: false, end: position };
    }
    if (flag === WHOLE || flag === LAST_PART) {
      return { complete: true, end: position };
    }
  }
}
