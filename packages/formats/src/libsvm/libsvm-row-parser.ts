import { CARRIAGE_RETURN, COLON, HASH, NEWLINE, NINE, SPACE, TAB, ZERO } from "../bytes/ascii.ts";
import { FloatList } from "../bytes/float-list.ts";
import { NumberScanner } from "../bytes/number-scanner.ts";
import { UintList } from "../bytes/uint-list.ts";
import { DataFormatError, quoteForMessage } from "../data-format-error.ts";
import type { LibsvmTable } from "./libsvm-table.ts";

const LETTER_Q = 113;
const QID = Buffer.from("qid:");
const MAX_INDEX = 2 ** 32 - 2;

export interface LibsvmOptions {
  /** Rows may begin with a feature instead of a label, as inference payloads do. */
  readonly labelOptional?: boolean;
}

/** Parses lines of `label[:weight] [qid:n] index:value … [# comment]`. */
export class LibsvmRowParser {
  readonly #indptr = new UintList();
  readonly #indices = new UintList();
  readonly #values = new FloatList();
  readonly #labels = new FloatList();
  readonly #weights = new FloatList();
  readonly #queryIds = new UintList();
  readonly #scanner = new NumberScanner([SPACE, TAB, NEWLINE, CARRIAGE_RETURN, COLON, HASH]);
  readonly #labelOptional: boolean;
  #weighted = false;
  #queried = false;
  #columns = 0;
  #rowsInFile = 0;

  constructor(options: LibsvmOptions = {}) {
    this.#labelOptional = options.labelOptional === true;
    this.#indptr.push(0);
  }

  /** Parses `bytes[from..to)`, which ends with a newline. Blank and comment lines are skipped. */
  parseLines(bytes: Uint8Array, from: number, to: number): void {
    let position = from;
    while (position < to) {
      const start = skipBlanks(bytes, position);
      if (bytes[start] !== NEWLINE && bytes[start] !== HASH) {
        this.#rowsInFile++;
        position = this.#parseRow(bytes, start);
      } else {
        position = bytes.indexOf(NEWLINE, start) + 1;
      }
    }
  }

  /** The next file's errors count rows from 1 again. */
  restart(): void {
    this.#rowsInFile = 0;
  }

  finish(): LibsvmTable {
    const features = {
      indptr: this.#indptr.toArray(),
      indices: this.#indices.toArray(),
      values: this.#values.toArray(),
      rows: this.#labels.length,
      columns: this.#columns,
    };
    return {
      features,
      labels: this.#labels.toArray(),
      ...(this.#weighted ? { weights: this.#weights.toArray() } : {}),
      ...(this.#queried ? { queryIds: this.#queryIds.toArray() } : {}),
    };
  }

  #parseRow(bytes: Uint8Array, start: number): number {
    let position = this.#parseLabel(bytes, start);
    let queryId = 0;
    for (;;) {
      position = skipBlanks(bytes, position);
      const byte = bytes[position];
      if (byte === NEWLINE || byte === HASH) {
        break;
      }
      if (byte === LETTER_Q) {
        queryId = this.#parseQueryId(bytes, position);
        position = this.#scanner.end;
      } else {
        position = this.#parseFeature(bytes, position);
      }
    }
    this.#queryIds.push(queryId);
    this.#indptr.push(this.#values.length);
    return bytes.indexOf(NEWLINE, position) + 1;
  }

  #parseLabel(bytes: Uint8Array, start: number): number {
    const label = this.#scan(bytes, start);
    const { end } = this.#scanner;
    if (bytes[end] !== COLON) {
      this.#labels.push(label);
      this.#weights.push(1);
      return end;
    }
    if (this.#labelOptional) {
      this.#labels.push(Number.NaN);
      this.#weights.push(1);
      return start;
    }
    this.#labels.push(label);
    this.#weights.push(this.#scan(bytes, end + 1));
    this.#weighted = true;
    return this.#scanner.end;
  }

  #parseQueryId(bytes: Uint8Array, start: number): number {
    if (!QID.equals(bytes.subarray(start, start + QID.length))) {
      throw this.#badToken(bytes, start);
    }
    this.#queried = true;
    return this.#scan(bytes, start + QID.length);
  }

  #parseFeature(bytes: Uint8Array, start: number): number {
    let position = start;
    let index = 0;
    let byte = bytes[position] ?? 0;
    while (byte >= ZERO && byte <= NINE) {
      index = index * 10 + (byte - ZERO);
      byte = bytes[++position] ?? 0;
    }
    if (byte !== COLON || position === start || index > MAX_INDEX) {
      throw this.#badToken(bytes, start);
    }
    this.#values.push(this.#scan(bytes, position + 1));
    this.#indices.push(index);
    if (index >= this.#columns) {
      this.#columns = index + 1;
    }
    return this.#scanner.end;
  }

  #scan(bytes: Uint8Array, start: number): number {
    try {
      return this.#scanner.scan(bytes, start);
    } catch (error) {
      throw error instanceof DataFormatError ? this.#badToken(bytes, start) : error;
    }
  }

  #badToken(bytes: Uint8Array, start: number): DataFormatError {
    const rest = Buffer.from(bytes.subarray(start, start + 60)).toString("utf8");
    const token = /^[^\s]*/.exec(rest)?.[0] ?? "";
    return new DataFormatError(`expected index:value, found ${quoteForMessage(token)}`, { row: this.#rowsInFile });
  }
}

function skipBlanks(bytes: Uint8Array, start: number): number {
  let position = start;
  while (bytes[position] === SPACE || bytes[position] === TAB || bytes[position] === CARRIAGE_RETURN) {
    position++;
  }
  return position;
}
