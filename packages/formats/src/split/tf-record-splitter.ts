import type { Readable } from "node:stream";
import { DataFormatError } from "../data-format-error.ts";
import { TF_RECORD_HEAD_BYTES, tfRecordBytes } from "../tfrecord/tf-record-frames.ts";
import { asBuffer, checkRecordLength, DEFAULT_MAX_RECORD_BYTES, type SplitterOptions } from "./line-splitter.ts";

/**
 * The records of a TFRecord stream with their framing. A record inside one chunk shares the chunk's memory. Throws
 * DataFormatError when the stream is not TFRecord or ends inside a record.
 */
export async function* TfRecordSplitter(
  source: Readable | AsyncIterable<Uint8Array>,
  options: SplitterOptions = {},
): AsyncGenerator<Buffer> {
  const limit = options.maxRecordBytes ?? DEFAULT_MAX_RECORD_BYTES;
  let pending: Buffer[] = [];
  let pendingBytes = 0;
  let needed = TF_RECORD_HEAD_BYTES;
  for await (const piece of source) {
    pending.push(asBuffer(piece));
    pendingBytes += piece.length;
    if (pendingBytes < needed) {
      continue;
    }
    // Joined only when a record can be completed: a long record is not copied again with every chunk.
    const bytes = pending.length === 1 && pending[0] !== undefined ? pending[0] : Buffer.concat(pending, pendingBytes);
    let start = 0;
    needed = neededAt(bytes, start, limit);
    while (bytes.length - start >= needed && needed > TF_RECORD_HEAD_BYTES) {
      yield bytes.subarray(start, start + needed);
      start += needed;
      needed = neededAt(bytes, start, limit);
    }
    pending = [bytes.subarray(start)];
    pendingBytes = bytes.length - start;
  }
  if (pendingBytes > 0) {
    throw new DataFormatError("TFRecord ends inside a record");
  }
}

/** Bytes of the record at `start`; of its head alone, which is less than any record has, while that is not there. */
function neededAt(bytes: Buffer, start: number, limit: number): number {
  if (bytes.length - start < TF_RECORD_HEAD_BYTES) {
    return TF_RECORD_HEAD_BYTES;
  }
  const length = tfRecordBytes(bytes, start);
  checkRecordLength(length, limit);
  return length;
}
