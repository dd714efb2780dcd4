import type { FileHandle } from "node:fs/promises";
import type { ParquetSource } from "./read-parquet.ts";

/** A Parquet file that is open on disk: only the parts that are read come into memory. */
export async function parquetFile(file: FileHandle): Promise<ParquetSource> {
  const { size } = await file.stat();
  return {
    byteLength: size,
    async slice(start, end = size) {
      const bytes = new Uint8Array(end - start);
      await file.read(bytes, 0, bytes.length, start);
      return bytes.buffer;
    },
  };
}

/** A Parquet file in memory. */
export function parquetBytes(bytes: Uint8Array): ParquetSource {
  return {
    byteLength: bytes.length,
    slice: (start, end = bytes.length) => Uint8Array.from(bytes.subarray(start, end)).buffer,
  };
}
