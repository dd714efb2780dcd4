import type * as Hyparquet from "hyparquet";
import type * as HyparquetCompressors from "hyparquet-compressors";
import { DataFormatError } from "../data-format-error.ts";
import type { DenseTable } from "../tables.ts";

/** Bytes of a Parquet file, in memory or on disk. `asyncBufferFromFile` of hyparquet is one. */
export interface ParquetSource {
  readonly byteLength: number;
  slice(start: number, end?: number): ArrayBuffer | Promise<ArrayBuffer>;
}

/**
 * Reads a Parquet file of numeric columns as one table; null and NaN are missing values, booleans 0 and 1. Throws
 * DataFormatError for columns of text, nested columns, and files that are no Parquet.
 */
export async function readParquet(source: ParquetSource): Promise<DenseTable> {
  const library = await loadLibrary();
  const metadata = await readMetadata(library, source);
  const names = columnNames(library, metadata);
  const rows = Number(metadata.num_rows);
  const values = new Float32Array(rows * names.length).fill(Number.NaN);
  const problems: DataFormatError[] = [];
  const onChunk = (chunk: Hyparquet.ColumnData): void => {
    try {
      copyColumn(chunk, values, { column: names.indexOf(chunk.columnName), columns: names.length });
    } catch (error) {
      // The library does not wait for its callback: an error thrown there would be lost.
      problems.push(error instanceof DataFormatError ? error : new DataFormatError(String(error)));
    }
  };
  try {
    await library.parquetRead({ file: source, metadata, compressors: library.compressors, onChunk });
  } catch (error) {
    throw new DataFormatError(`not readable as Parquet: ${messageOf(error)}`, undefined, { cause: error });
  }
  const [problem] = problems;
  if (problem !== undefined) {
    throw problem;
  }
  return { values, rows, columns: names.length };
}

type Library = Awaited<ReturnType<typeof loadLibrary>>;

// Only when a Parquet file comes: the codecs alone would cost every other process 40 ms at its start.
async function loadLibrary(): Promise<typeof Hyparquet & typeof HyparquetCompressors> {
  return { ...(await import("hyparquet")), ...(await import("hyparquet-compressors")) };
}

async function readMetadata(library: Library, source: ParquetSource): Promise<Hyparquet.FileMetaData> {
  try {
    return await library.parquetMetadataAsync(source);
  } catch (error) {
    throw new DataFormatError(`not a Parquet file: ${messageOf(error)}`, undefined, { cause: error });
  }
}

function columnNames(library: Library, metadata: Hyparquet.FileMetaData): string[] {
  return library.parquetSchema(metadata).children.map(({ element, children }) => {
    if (children.length > 0) {
      throw new DataFormatError(`column '${element.name}' is nested; columns must hold numbers`);
    }
    return element.name;
  });
}

function copyColumn(
  { columnData, columnName, rowStart }: Hyparquet.ColumnData,
  values: Float32Array,
  { column, columns }: { readonly column: number; readonly columns: number },
): void {
  for (let index = 0; index < columnData.length; index++) {
    const value: unknown = columnData[index];
    const row = rowStart + index;
    values[row * columns + column] = toNumber(value, row, columnName);
  }
}

function toNumber(value: unknown, row: number, name: string): number {
  if (value === null || value === undefined) {
    return Number.NaN;
  }
  if (typeof value === "number" || typeof value === "bigint" || typeof value === "boolean") {
    return Number(value);
  }
  throw new DataFormatError(`column '${name}' does not hold a number`, { row: row + 1 });
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
