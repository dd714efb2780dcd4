export { CsvReader, type CsvReaderOptions } from "./csv/csv-reader.ts";
export type { Delimiter } from "./csv/delimiter.ts";
export { parseCsv } from "./csv/parse-csv.ts";
export { writeCsv } from "./csv/write-csv.ts";
export { DataFormatError, type DataPosition, quoteForMessage } from "./data-format-error.ts";
export type { DenseTable, SparseTable } from "./tables.ts";
