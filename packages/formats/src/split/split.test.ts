import { Readable } from "node:stream";
import { describe, expect, it } from "vitest";
import { frameRecord } from "../recordio/recordio-frames.ts";
import { LineSplitter } from "./line-splitter.ts";
import { RecordIoSplitter } from "./recordio-splitter.ts";
import { splitLines, splitRecordio } from "./split-buffer.ts";

function inChunks(bytes: Buffer, size: number): Readable {
  const chunks: Buffer[] = [];
  for (let start = 0; start < bytes.length; start += size) {
    chunks.push(bytes.subarray(start, start + size));
  }
  return Readable.from(chunks);
}

async function collect(records: AsyncIterable<Buffer>): Promise<string[]> {
  const texts: string[] = [];
  for await (const record of records) {
    texts.push(record.toString("latin1"));
  }
  return texts;
}

const lines = Buffer.from("a,1\r\n\nbb,2\nlast");
const records = [Buffer.from("one"), Buffer.alloc(0), Buffer.from("three and more")];
const framed = Buffer.concat(records.map((record) => frameRecord(record)));

describe("LineSplitter", () => {
  it.each([1, 2, 3, 5, 100])("keeps lines whole in chunks of %d", async (size) => {
    expect(await collect(LineSplitter(inChunks(lines, size)))).toEqual(["a,1\r\n", "\n", "bb,2\n", "last"]);
  });

  it("bounds a line that does not end", async () => {
    const endless = inChunks(Buffer.alloc(1000, "x"), 10);
    await expect(collect(LineSplitter(endless, { maxRecordBytes: 100 }))).rejects.toThrow(
      "A record is longer than 100 bytes.",
    );
  });
});

describe("RecordIoSplitter", () => {
  it.each([1, 3, 4, 7, 1000])("keeps records and their framing whole in chunks of %d", async (size) => {
    const expected = records.map((record) => frameRecord(record).toString("latin1"));
    expect(await collect(RecordIoSplitter(inChunks(framed, size)))).toEqual(expected);
  });

  it("refuses a stream that ends inside a record", async () => {
    const cut = inChunks(framed.subarray(0, framed.length - 3), 5);
    await expect(collect(RecordIoSplitter(cut))).rejects.toThrow("RecordIO ends inside a record");
  });

  it("refuses a record that claims to be endless", async () => {
    const claim = frameRecord(Buffer.from("abcd"));
    claim.writeUInt32LE(0x1fff_fff0, 4);
    await expect(collect(RecordIoSplitter(inChunks(claim, 6)))).rejects.toThrow(
      /^A record is longer than \d+ bytes\.$/,
    );
  });
});

describe("buffers", () => {
  it("are split alike", () => {
    expect([...splitLines(lines)].map(String)).toEqual(["a,1\r\n", "\n", "bb,2\n", "last"]);
    expect([...splitRecordio(framed)].map(String)).toEqual(records.map(String));
  });
});
