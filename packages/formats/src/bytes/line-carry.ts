import { NEWLINE } from "./ascii.ts";

/** Takes `bytes[from..to)`: whole lines, ending with a newline. */
export type LinesSink = (bytes: Uint8Array, from: number, to: number) => void;

/** One line may not be longer: a file without newlines must not fill the memory. */
const MAX_LINE_BYTES = 256 * 1024 * 1024;
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf] as const;

/** Cuts a stream of chunks at newlines: hands on whole lines and keeps the unfinished one for the next chunk. */
export class LineCarry {
  #pending: Uint8Array[] = [];
  #pendingBytes = 0;
  #atStart = true;

  push(chunk: Uint8Array, sink: LinesSink): void {
    const lastNewline = chunk.lastIndexOf(NEWLINE);
    if (lastNewline < 0) {
      this.#keep(chunk);
      return;
    }
    let from = 0;
    if (this.#pendingBytes > 0) {
      from = chunk.indexOf(NEWLINE) + 1;
      this.#keep(chunk.subarray(0, from));
      this.#flush(sink);
    }
    if (from <= lastNewline) {
      this.#hand(chunk, from, lastNewline + 1, sink);
    }
    if (lastNewline + 1 < chunk.length) {
      this.#keep(chunk.subarray(lastNewline + 1));
    }
  }

  /** Hands on the last line, which may lack its newline; the next chunk begins a new file. */
  end(sink: LinesSink): void {
    if (this.#pendingBytes > 0) {
      this.#keep(Uint8Array.of(NEWLINE));
      this.#flush(sink);
    }
    this.#atStart = true;
  }

  #keep(part: Uint8Array): void {
    this.#pendingBytes += part.length;
    if (this.#pendingBytes > MAX_LINE_BYTES) {
      throw new RangeError(`A line is longer than ${MAX_LINE_BYTES} bytes.`);
    }
    // A copy: the producer may reuse its chunk.
    this.#pending.push(Uint8Array.from(part));
  }

  #flush(sink: LinesSink): void {
    const line = Buffer.concat(this.#pending, this.#pendingBytes);
    this.#pending = [];
    this.#pendingBytes = 0;
    this.#hand(line, 0, line.length, sink);
  }

  #hand(bytes: Uint8Array, from: number, to: number, sink: LinesSink): void {
    const marked = this.#atStart && BYTE_ORDER_MARK.every((byte, index) => bytes[from + index] === byte);
    this.#atStart = false;
    sink(bytes, marked ? from + BYTE_ORDER_MARK.length : from, to);
  }
}
