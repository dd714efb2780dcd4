import { describe, expect, it } from "vitest";
import { readRecord } from "./read-record.ts";
import type { DataRecord, RecordTensor } from "./record.ts";
import { RecordTableBuilder } from "./record-table.ts";
import { frameRecord, readRecords } from "./recordio-frames.ts";
import { writeRecord } from "./write-record.ts";

const dense = (values: number[], label?: number): Buffer =>
  writeRecord({
    features: new Map([["values", { kind: "float32", values: Float32Array.from(values) }]]),
    ...(label === undefined
      ? {}
      : { label: new Map([["values", { kind: "float32", values: Float32Array.of(label) }]]) }),
  });

const sparse = (keys: number[], values: number[], size: number): Buffer =>
  writeRecord({
    features: new Map([
      ["values", { kind: "float32", values: Float32Array.from(values), keys: Float64Array.from(keys), shape: [size] }],
    ]),
  });

describe("RecordIO frames", () => {
  it("are padded to multiples of four", () => {
    const framed = frameRecord(Buffer.from("abcde"));
    expect(framed.toString("hex")).toBe("0a23d7ce" + "05000000" + "6162636465000000");
    expect([...readRecords(framed)].map((record) => Buffer.from(record).toString())).toEqual(["abcde"]);
  });

  it("join the parts of a divided record with the magic number between them", () => {
    const part = (flag: number, text: string): Buffer => {
      const framed = frameRecord(Buffer.from(text));
      framed.writeUInt32LE(((flag << 29) | text.length) >>> 0, 4);
      return framed;
    };
    const [record] = readRecords(Buffer.concat([part(1, "ab"), part(2, "cd"), part(3, "ef")]));
    expect(Buffer.from(record ?? []).toString("latin1")).toBe("ab\x0a\x23\xd7\xcecd\x0a\x23\xd7\xceef");
  });

  it.each([
    [Buffer.from("no frame at all!"), "not RecordIO: a record does not begin with its magic number"],
    [frameRecord(Buffer.alloc(50)).subarray(0, 20), "RecordIO ends inside a record"],
    [frameRecord(Buffer.alloc(50)).subarray(0, 5), "RecordIO ends inside a record"],
  ])("are refused when they are broken", (bytes, message) => {
    expect(() => [...readRecords(bytes)]).toThrow(message);
  });
});

describe("records", () => {
  // Made with Google's protobuf runtime from the published schema: a float32 tensor, an int32 label of -5, a uid.
  it("are read as other writers write them", () => {
    const bytes = Buffer.from(
      "0a160a0676616c756573120c120a0a080000803f000020c0" +
        "12180a0676616c756573120e3a0c0a0afbffffffffffffffff01" +
        "1a027531",
      "hex",
    );
    expect(readRecord(bytes)).toEqual({
      features: new Map([["values", { kind: "float32", values: Float32Array.of(1, -2.5) }]]),
      label: new Map([["values", { kind: "int32", values: Int32Array.of(-5) }]]),
      uid: "u1",
    });
  });

  it("are read as they were written", () => {
    const tensor: RecordTensor = { kind: "float64", values: Float64Array.of(0.1, -7) };
    const record: DataRecord = {
      features: new Map([
        ["values", { ...tensor, keys: Float64Array.of(3, 70_000), shape: [100_000] }],
        ["image", { kind: "bytes", value: [Buffer.from([1, 2])], contentType: "image/png" }],
      ]),
      label: new Map([["values", { kind: "int32", values: Int32Array.of(-1, 2_000_000_000) }]]),
      uid: "u",
      metadata: "m",
      configuration: "c",
    };
    expect(readRecord(writeRecord(record))).toEqual(record);
  });

  it("are refused when they are cut off", () => {
    const bytes = dense([1, 2, 3]);
    expect(() => readRecord(bytes.subarray(0, bytes.length - 2))).toThrow("a record is cut off");
  });
});

describe("RecordTableBuilder", () => {
  it("makes a dense table", () => {
    const builder = new RecordTableBuilder();
    builder.add(dense([1, 2], 9));
    builder.add(dense([3, NaN]));
    expect(builder.finish()).toEqual({
      features: { values: Float32Array.of(1, 2, 3, NaN), rows: 2, columns: 2 },
      labels: Float32Array.of(9, NaN),
    });
  });

  it("makes a sparse table", () => {
    const builder = new RecordTableBuilder();
    builder.add(sparse([1, 4], [5, 6], 10));
    builder.add(sparse([], [], 10));
    expect(builder.finish().features).toMatchObject({ columns: 10, rows: 2, indptr: Uint32Array.of(0, 2, 2) });
  });

  it.each([
    ["another length", dense([1]), "row 2: expected 2 features, found 1"],
    ["sparse among dense", sparse([1], [1], 2), "row 2: dense and sparse records are mixed"],
    ["no features", writeRecord({ uid: "x" }), "row 2: a record has no features 'values'"],
  ])("refuses records with %s", (_, payload, message) => {
    const builder = new RecordTableBuilder();
    builder.add(dense([1, 2]));
    expect(() => builder.add(payload)).toThrow(message);
  });
});
