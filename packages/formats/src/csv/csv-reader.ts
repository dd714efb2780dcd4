import { NEWLINE } from "../bytes/ascii.ts";
import { FloatList } from "../bytes/float-list.ts";
import { LineCarry } from "../bytes/line-carry.ts";
import type { DenseTable } from "../tables.ts";
import { CsvRowParser } from "./csv-row-parser.ts";
import { type Delimiter, sniffDelimiter } from "./delimiter.ts";

export interface CsvReaderOptions {
  /** Found in the first line when absent. */
  readonly delimiter?: Delimiter;
  /** Bytes of all files together, when known: buffers then need not grow. */
  readonly expectedBytes?: number;
}

/**
 * Reads CSV of numbers, one or more files into one table, as it arrives. An empty field and `nan` are missing values.
 * A header line, quotes, text and rows of another length throw DataFormatError with row and column.
 *
 *     const reader = new CsvReader();
 *     for await (const chunk of createReadStream(path)) reader.push(chunk);
 *     reader.endFile();
 *     const table = reader.finish();
 */
export class CsvReader {
  readonly #values = new FloatList();
  readonly #carry = new LineCarry();
  readonly #options: CsvReaderOptions;
  #parser: CsvRowParser | undefined;
  #rowsBefore = 0;

  constructor(options: CsvReaderOptions = {}) {
    this.#options = options;
  }

  /** The delimiter in use; undefined before the first complete line. */
  delimiter: Delimiter | undefined;

  push(chunk: Uint8Array): void {
    this.#carry.push(chunk, this.#parse);
  }

  /** Ends the current file: its last line need not end with a newline, and row numbers start again. */
  endFile(): void {
    this.#carry.end(this.#parse);
    this.#rowsBefore += this.#parser?.rows ?? 0;
    this.#parser?.restart();
  }

  /** The table of all files; no rows and no columns when they held none. */
  finish(): DenseTable {
    return { values: this.#values.toArray(), rows: this.#rowsBefore, columns: this.#parser?.columns ?? 0 };
  }

  readonly #parse = (bytes: Uint8Array, from: number, to: number): void => {
    this.#parser ??= this.#start(bytes, from, to);
    this.#parser.parseLines(bytes, from, to);
  };

  #start(bytes: Uint8Array, from: number, to: number): CsvRowParser {
    this.delimiter = this.#options.delimiter ?? sniffDelimiter(bytes.subarray(from, to));
    this.#values.reserve(estimateValues(bytes.subarray(from, to), this.delimiter, this.#options.expectedBytes));
    return new CsvRowParser(this.delimiter, this.#values);
  }
}

// Numbers of a file have similar widths, so its first lines tell its size well; 2 % spare avoids a last, large copy.
function estimateValues(sample: Uint8Array, delimiter: Delimiter, expectedBytes = 0): number {
  let fields = 0;
  for (const byte of sample) {
    fields += byte === delimiter || byte === NEWLINE ? 1 : 0;
  }
  const scale = Math.max(1, (expectedBytes / Math.max(1, sample.length)) * 1.02);
  return Math.ceil(fields * scale);
}
