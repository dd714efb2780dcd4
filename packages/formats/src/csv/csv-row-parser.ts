import { CARRIAGE_RETURN, NEWLINE } from "../bytes/ascii.ts";
import type { FloatList } from "../bytes/float-list.ts";
import { NumberScanner } from "../bytes/number-scanner.ts";
import { DataFormatError } from "../data-format-error.ts";
import type { Delimiter } from "./delimiter.ts";

/** Parses whole lines of numbers into a list; every row must have the same number of columns. */
export class CsvRowParser {
  rows = 0;
  /** Of the first row, or what was demanded. */
  columns: number;
  readonly #delimiter: Delimiter;
  readonly #values: FloatList;
  readonly #scanner: NumberScanner;

  constructor(delimiter: Delimiter, values: FloatList, columns = 0) {
    this.#delimiter = delimiter;
    this.#values = values;
    this.columns = columns;
    this.#scanner = new NumberScanner([delimiter, NEWLINE, CARRIAGE_RETURN]);
  }

  /** Parses `bytes[from..to)`, which ends with a newline. Blank lines are skipped. */
  parseLines(bytes: Uint8Array, from: number, to: number): void {
    let position = from;
    while (position < to) {
      const byte = bytes[position] ?? NEWLINE;
      if (byte === NEWLINE || byte === CARRIAGE_RETURN) {
        position++;
        continue;
      }
      if (this.columns === 0) {
        this.columns = countFields(bytes, position, this.#delimiter);
      }
      position = this.#parseRow(bytes, position);
    }
  }

  /** Forgets rows and columns, for the next file: its errors count from 1 again. */
  restart(): void {
    this.rows = 0;
  }

  #parseRow(bytes: Uint8Array, rowStart: number): number {
    const { columns } = this;
    const delimiter = this.#delimiter;
    const scanner = this.#scanner;
    this.#values.reserve(columns);
    const { values } = this.#values;
    let { length } = this.#values;
    let position = rowStart;
    for (let column = 1; column < columns; column++) {
      values[length++] = this.#scanField(bytes, position, rowStart);
      position = scanner.end;
      if (bytes[position] !== delimiter) {
        throw this.#ragged(bytes, rowStart);
      }
      position++;
    }
    values[length++] = this.#scanField(bytes, position, rowStart);
    position = scanner.end;
    if (bytes[position] === delimiter) {
      throw this.#ragged(bytes, rowStart);
    }
    this.#values.length = length;
    this.rows++;
    return position + 1;
  }

  #scanField(bytes: Uint8Array, position: number, rowStart: number): number {
    try {
      return this.#scanner.scan(bytes, position);
    } catch (error) {
      throw this.#located(error, bytes, rowStart);
    }
  }

  #located(error: unknown, bytes: Uint8Array, rowStart: number): unknown {
    if (!(error instanceof DataFormatError)) {
      return error;
    }
    let column = 1;
    for (let position = rowStart; position < this.#scanner.start; position++) {
      column += bytes[position] === this.#delimiter ? 1 : 0;
    }
    const header = this.rows === 0 ? "; is the first line a header? Data must have none" : "";
    return new DataFormatError(error.message + header, { row: this.rows + 1, column });
  }

  #ragged(bytes: Uint8Array, rowStart: number): DataFormatError {
    const found = countFields(bytes, rowStart, this.#delimiter);
    return new DataFormatError(`expected ${this.columns} columns, found ${found}`, { row: this.rows + 1 });
  }
}

/** Fields of the line that begins at `start`. */
export function countFields(bytes: Uint8Array, start: number, delimiter: Delimiter): number {
  let fields = 1;
  for (let position = start; position < bytes.length && bytes[position] !== NEWLINE; position++) {
    fields += bytes[position] === delimiter ? 1 : 0;
  }
  return fields;
}
