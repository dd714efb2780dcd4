import { CARRIAGE_RETURN, NEWLINE } from "../bytes/ascii.ts";
import { FloatList } from "../bytes/float-list.ts";
import { withNewline } from "../bytes/with-newline.ts";
import type { DenseTable } from "../tables.ts";
import { CsvRowParser, countFields } from "./csv-row-parser.ts";
import { sniffDelimiter } from "./delimiter.ts";

/**
 * A CSV payload that is in memory already. Same rules as {@link CsvReader}; no rows and no columns when it holds none.
 * Throws DataFormatError.
 */
export function parseCsv(payload: Uint8Array): DenseTable {
  const bytes = withNewline(payload);
  const start = firstContent(bytes, payload.length);
  if (start === payload.length) {
    return { values: new Float32Array(0), rows: 0, columns: 0 };
  }
  const delimiter = sniffDelimiter(bytes.subarray(start));
  const columns = countFields(bytes, start, delimiter);
  const values = new FloatList(columns * countLines(bytes, start, payload.length));
  const parser = new CsvRowParser(delimiter, values, columns);
  parser.parseLines(bytes, start, payload.length + 1);
  return { values: values.toArray(), rows: parser.rows, columns };
}

function firstContent(bytes: Uint8Array, length: number): number {
  let start = 0;
  while (start < length && (bytes[start] === NEWLINE || bytes[start] === CARRIAGE_RETURN)) {
    start++;
  }
  return start;
}

function countLines(bytes: Uint8Array, start: number, end: number): number {
  let lines = 1;
  for (let newline = bytes.indexOf(NEWLINE, start); newline >= 0 && newline < end; lines++) {
    newline = bytes.indexOf(NEWLINE, newline + 1);
  }
  return lines;
}
