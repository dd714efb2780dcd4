import { NEWLINE } from "../bytes/ascii.ts";
import { readRecords } from "../recordio/recordio-frames.ts";

/** The lines of a buffer, each with its newline, sharing its memory. */
export function* splitLines(bytes: Buffer): Generator<Buffer> {
  let start = 0;
  for (let newline = bytes.indexOf(NEWLINE); newline >= 0; newline = bytes.indexOf(NEWLINE, start)) {
    yield bytes.subarray(start, newline + 1);
    start = newline + 1;
  }
  if (start < bytes.length) {
    yield bytes.subarray(start);
  }
}

/** The payloads of a RecordIO buffer's records, without framing and padding. Throws DataFormatError. */
export function* splitRecordio(bytes: Uint8Array): Generator<Buffer> {
  for (const payload of readRecords(bytes)) {
    yield Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength);
  }
}
