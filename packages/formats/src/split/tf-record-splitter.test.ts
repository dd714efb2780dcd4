import { describe, expect, it } from "vitest";
import { frameTfRecord, tfRecordPayload } from "../tfrecord/tf-record-frames.ts";
import { TfRecordSplitter } from "./tf-record-splitter.ts";

async function* chunks(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let start = 0; start < bytes.length; start += size) {
    yield bytes.subarray(start, start + size);
  }
}

async function split(bytes: Buffer, size: number, maxRecordBytes = 1000): Promise<Buffer[]> {
  const records: Buffer[] = [];
  for await (const record of TfRecordSplitter(chunks(bytes, size), { maxRecordBytes })) {
    records.push(record);
  }
  return records;
}

const payloads = ["a", "", "third record"].map((text) => Buffer.from(text));
const stream = Buffer.concat(payloads.map((payload) => frameTfRecord(payload)));

describe("TfRecordSplitter", () => {
  it("frames as TensorFlow does", () => {
    const framed = frameTfRecord(Buffer.from("123456789"));
    // CRC-32C of "123456789" is 0xe3069283 (RFC 3720's check value): rotated by 15 bits, plus the mask.
    const masked = ((((0xe306_9283 >>> 15) | (0xe306_9283 << 17)) >>> 0) + 0xa282_ead8) >>> 0;
    expect(framed.readUInt32LE(framed.length - 4)).toBe(masked);
  });

  it.each([1, 2, 7, 16, 1000])("finds the records in chunks of %i bytes", async (size) => {
    const records = await split(stream, size);
    expect(records.map((record) => tfRecordPayload(record).toString())).toEqual(["a", "", "third record"]);
    expect(Buffer.concat(records).equals(stream)).toBe(true);
  });

  it("refuses what is not TFRecord, damaged, cut short or too long", async () => {
    await expect(split(Buffer.from("1,2,3\n4,5,6\n7,8,9\n"), 5)).rejects.toThrow(
      "not TFRecord: the checksum of a record's length does not match",
    );
    await expect(split(stream.subarray(0, -1), 16)).rejects.toThrow("TFRecord ends inside a record");
    await expect(split(frameTfRecord(Buffer.alloc(1000)), 16)).rejects.toThrow("A record is longer than 1000 bytes.");
    const damaged = frameTfRecord(Buffer.from("abc"));
    damaged.write("x", 12);
    expect(() => tfRecordPayload(damaged)).toThrow("a TFRecord's checksum does not match its payload");
  });
});
