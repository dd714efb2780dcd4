import { parquetWriteBuffer } from "hyparquet-writer";
import { describe, expect, it } from "vitest";
import { parquetBytes } from "./parquet-source.ts";
import { readParquet } from "./read-parquet.ts";

type Columns = Parameters<typeof parquetWriteBuffer>[0]["columnData"];

const read = (columnData: Columns): ReturnType<typeof readParquet> =>
  readParquet(parquetBytes(new Uint8Array(parquetWriteBuffer({ columnData, rowGroupSize: 2 }))));

describe("Parquet", () => {
  it("is read as rows, over several row groups", async () => {
    const table = await read([
      { name: "label", data: [1, 0, 1], type: "INT32" },
      { name: "a", data: [0.5, null, -2], type: "DOUBLE" },
      { name: "b", data: [7n, 8n, 9n], type: "INT64" },
      { name: "c", data: [true, false, true], type: "BOOLEAN" },
    ]);
    expect(table).toEqual({ values: Float32Array.of(1, 0.5, 7, 1, 0, NaN, 8, 0, 1, -2, 9, 1), rows: 3, columns: 4 });
  });

  it("must hold numbers", async () => {
    await expect(read([{ name: "city", data: ["x", "y"], type: "STRING" }])).rejects.toThrow(
      "row 1: column 'city' does not hold a number",
    );
  });

  it("is refused when it is none", async () => {
    await expect(readParquet(parquetBytes(Buffer.from("1,2,3\n4,5,6\n")))).rejects.toThrow(/^not a Parquet file: /);
  });
});
