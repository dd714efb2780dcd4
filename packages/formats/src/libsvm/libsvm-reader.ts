import { LineCarry } from "../bytes/line-carry.ts";
import { withNewline } from "../bytes/with-newline.ts";
import { type LibsvmOptions, LibsvmRowParser } from "./libsvm-row-parser.ts";
import type { LibsvmTable } from "./libsvm-table.ts";

/** Reads LIBSVM text, one or more files into one table, as it arrives. Throws DataFormatError with the row. */
export class LibsvmReader {
  readonly #carry = new LineCarry();
  readonly #parser = new LibsvmRowParser();

  push(chunk: Uint8Array): void {
    this.#carry.push(chunk, this.#parse);
  }

  /** Ends the current file: its last line need not end with a newline, and row numbers start again. */
  endFile(): void {
    this.#carry.end(this.#parse);
    this.#parser.restart();
  }

  finish(): LibsvmTable {
    return this.#parser.finish();
  }

  readonly #parse = (bytes: Uint8Array, from: number, to: number): void => {
    this.#parser.parseLines(bytes, from, to);
  };
}

/** A LIBSVM payload that is in memory already. Throws DataFormatError. */
export function parseLibsvm(payload: Uint8Array, options: LibsvmOptions = {}): LibsvmTable {
  const parser = new LibsvmRowParser(options);
  parser.parseLines(withNewline(payload), 0, payload.length + 1);
  return parser.finish();
}
