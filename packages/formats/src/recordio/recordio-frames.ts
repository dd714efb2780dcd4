import { DataFormatError } from "../data-format-error.ts";

/**
 * RecordIO framing, little-endian: magic u4, then u4 with the length in its lower 29 bits and the part flag above, the
 * payload, zeros up to a multiple of 4. Flag 0 is a whole record; 1, 2, 3 are its first, middle and last part, between
 * which the writer took a magic number out of the payload. Source: MXNet's `dmlc/recordio.h`.
 */
const RECORDIO_MAGIC = 0xced7230a;
export const RECORDIO_HEAD_BYTES = 8;

const LENGTH_MASK = 0x1fff_ffff;
const FIRST_PART = 1;
const LAST_PART = 3;

/** Head of a frame. */
export interface RecordIoFrame {
  readonly flag: number;
  readonly payloadBytes: number;
  /** With head and padding. */
  readonly frameBytes: number;
}

/** Reads the head at `start`. Throws DataFormatError when no frame begins there. */
export function readFrameHead(bytes: Uint8Array, start: number): RecordIoFrame {
  const view = new DataView(bytes.buffer, bytes.byteOffset + start, RECORDIO_HEAD_BYTES);
  if (view.getUint32(0, true) !== RECORDIO_MAGIC) {
    throw new DataFormatError("not RecordIO: a record does not begin with its magic number");
  }
  const word = view.getUint32(4, true);
  const payloadBytes = word & LENGTH_MASK;
  return { flag: word >>> 29, payloadBytes, frameBytes: RECORDIO_HEAD_BYTES + Math.ceil(payloadBytes / 4) * 4 };
}

/** Payloads of all records in `bytes`; whole records share its memory. Throws DataFormatError. */
export function* readRecords(bytes: Uint8Array): Generator<Uint8Array> {
  let parts: Uint8Array[] = [];
  let position = 0;
  while (position < bytes.length) {
    if (position + RECORDIO_HEAD_BYTES > bytes.length) {
      throw new DataFormatError("RecordIO ends inside a record");
    }
    const frame = readFrameHead(bytes, position);
    const start = position + RECORDIO_HEAD_BYTES;
    position += frame.frameBytes;
    if (position > bytes.length) {
      throw new DataFormatError("RecordIO ends inside a record");
    }
    const payload = bytes.subarray(start, start + frame.payloadBytes);
    if (frame.flag === 0) {
      yield payload;
      continue;
    }
    parts = frame.flag === FIRST_PART ? [payload] : [...parts, magicBytes(), payload];
    if (frame.flag === LAST_PART) {
      yield Buffer.concat(parts);
    }
  }
}

/** One framed record. Payloads that hold the magic number are written whole: readers go by the length. */
export function frameRecord(payload: Uint8Array): Buffer {
  const framed = Buffer.alloc(RECORDIO_HEAD_BYTES + Math.ceil(payload.length / 4) * 4);
  framed.writeUInt32LE(RECORDIO_MAGIC, 0);
  framed.writeUInt32LE(payload.length, 4);
  framed.set(payload, RECORDIO_HEAD_BYTES);
  return framed;
}

function magicBytes(): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(RECORDIO_MAGIC);
  return bytes;
}
