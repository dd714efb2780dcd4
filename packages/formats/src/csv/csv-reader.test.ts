import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { DenseTable } from "../tables.ts";
import { CsvReader } from "./csv-reader.ts";
import { parseCsv } from "./parse-csv.ts";
import { writeCsv } from "./write-csv.ts";

function readInChunks(files: readonly string[], chunkBytes: number): DenseTable {
  const reader = new CsvReader();
  for (const file of files) {
    const bytes = Buffer.from(file);
    for (let start = 0; start < bytes.length; start += chunkBytes) {
      reader.push(bytes.subarray(start, start + chunkBytes));
    }
    reader.endFile();
  }
  return reader.finish();
}

const read = (text: string): DenseTable => readInChunks([text], 1_000_000);

describe.each([
  ["as a stream", read],
  ["as a payload", (text: string) => parseCsv(Buffer.from(text))],
])("CSV %s", (_, parse) => {
  it("keeps rows in order, with missing values as NaN", () => {
    const table = parse("1,,nan\n4,5.5,-6e1\n");
    expect(table).toEqual({ values: Float32Array.of(1, NaN, NaN, 4, 5.5, -60), rows: 2, columns: 3 });
  });

  it.each(["1;2\n3;4", "1\t2\r\n3\t4\r\n", "\n1,2\n\n3,4\n\n"])("takes %j", (text) => {
    expect(parse(text)).toEqual({ values: Float32Array.of(1, 2, 3, 4), rows: 2, columns: 2 });
  });

  it.each([
    ["crim,zn\n1,2\n", "row 1, column 1: 'crim' is not a number; is the first line a header? Data must have none"],
    [
      '1,"2"\n',
      "row 1, column 2: quoted fields are not supported, found '\"2\"'; is the first line a header? Data must have none",
    ],
    ["1,2\n3\n", "row 2: expected 2 columns, found 1"],
    ["1,2\n3,4,5\n", "row 2: expected 2 columns, found 3"],
    ["1,2\n3,four\n", "row 2, column 2: 'four' is not a number"],
    ["1,2\n\u0000\u001b[31m,4\n", "row 2, column 1: '??[31m' is not a number"],
  ])("refuses %j", (text, message) => {
    expect(() => parse(text)).toThrow(message);
  });

  it.each(["", "\n\n"])("finds no rows in %j", (text) => {
    expect(parse(text)).toMatchObject({ rows: 0, columns: 0 });
  });
});

describe("CsvReader", () => {
  it("gives the same table however the bytes are cut", () => {
    const row = fc.array(fc.float({ noNaN: true, noDefaultInfinity: true }), { minLength: 3, maxLength: 3 });
    fc.assert(
      fc.property(
        fc.array(row, { minLength: 1, maxLength: 20 }),
        fc.integer({ min: 1, max: 40 }),
        (rows, chunkBytes) => {
          const text = rows.map((values) => values.join(",")).join("\n");
          expect(readInChunks([text], chunkBytes)).toEqual(parseCsv(Buffer.from(text)));
        },
      ),
    );
  });

  it("joins files and counts rows from 1 in each", () => {
    expect(readInChunks(["1,2\n3,4", "5,6"], 3)).toMatchObject({ rows: 3, columns: 2 });
    expect(() => readInChunks(["1,2\n3,4\n", "5,6\n7\n"], 3)).toThrow("row 2: expected 2 columns, found 1");
  });

  it("leaves a byte order mark out", () => {
    expect(read("\ufeff1,2\n").values).toEqual(Float32Array.of(1, 2));
  });

  it("reads what writeCsv writes", () => {
    const table = { values: Float32Array.of(1.5, NaN, -3e-8, 4), rows: 2, columns: 2 };
    expect(read(writeCsv(table))).toEqual(table);
  });
});
