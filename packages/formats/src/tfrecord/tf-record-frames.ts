import { DataFormatError } from "../data-format-error.ts";
import { crc32c } from "./crc32c.ts";

/**
 * TFRecord framing, little-endian: u8 length, u4 masked CRC-32C of those 8 bytes, the payload, u4 masked CRC-32C of the payload.
 * Masked: rotated right by 15 bits, plus 0xa282ead8. Source: TensorFlow's `record_writer.h`.
 */
export const TF_RECORD_HEAD_BYTES = 12;

const FOOT_BYTES = 4;
const LENGTH_BYTES = 8;
const MASK_DELTA = 0xa282_ead8;

/** Bytes of the record whose head is at `start`, with its framing. Throws DataFormatError when no record begins there. */
export function tfRecordBytes(bytes: Buffer, start: number): number {
  const length = bytes.readBigUInt64LE(start);
  const checksum = bytes.readUInt32LE(start + LENGTH_BYTES);
  if (maskedChecksum(bytes.subarray(start, start + LENGTH_BYTES)) !== checksum) {
    throw new DataFormatError("not TFRecord: the checksum of a record's length does not match");
  }
  if (length > Number.MAX_SAFE_INTEGER) {
    throw new DataFormatError("not TFRecord: a record's length is out of range");
  }
  return TF_RECORD_HEAD_BYTES + Number(length) + FOOT_BYTES;
}

/** The payload of one whole record, sharing its memory. Throws DataFormatError when its checksum does not match. */
export function tfRecordPayload(record: Buffer): Buffer {
  const payload = record.subarray(TF_RECORD_HEAD_BYTES, record.length - FOOT_BYTES);
  if (maskedChecksum(payload) !== record.readUInt32LE(record.length - FOOT_BYTES)) {
    throw new DataFormatError("a TFRecord's checksum does not match its payload");
  }
  return payload;
}

/** One framed record. */
export function frameTfRecord(payload: Uint8Array): Buffer {
  const framed = Buffer.alloc(TF_RECORD_HEAD_BYTES + payload.length + FOOT_BYTES);
  framed.writeBigUInt64LE(BigInt(payload.length), 0);
  framed.writeUInt32LE(maskedChecksum(framed.subarray(0, LENGTH_BYTES)), LENGTH_BYTES);
  framed.set(payload, TF_RECORD_HEAD_BYTES);
  framed.writeUInt32LE(maskedChecksum(payload), framed.length - FOOT_BYTES);
  return framed;
}

function maskedChecksum(bytes: Uint8Array): number {
  const crc = crc32c(bytes);
  return (((crc >>> 15) | (crc << 17)) + MASK_DELTA) >>> 0;
}
