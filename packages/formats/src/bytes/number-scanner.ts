import { DataFormatError, quoteForMessage } from "../data-format-error.ts";
import { DOT, MINUS, NINE, QUOTE, ZERO } from "./ascii.ts";

// A mantissa below 2^53 divided by 10^k, k <= 22, is correctly rounded: both are exact doubles (Clinger's fast path).
const EXACT_DIGITS = 15;
const POWERS_OF_TEN = Float64Array.from({ length: 23 }, (_, exponent) => Number(`1e${exponent}`));

/**
 * Reads decimal numbers out of bytes without making strings. Numbers with at most 15 digits and no exponent take the fast
 * path; all others are left to `Number`, which rounds correctly as well.
 *
 * The buffer must hold a terminator behind the last number: nothing is read past it.
 */
export class NumberScanner {
  /** Index of the terminator behind the number last read. */
  end = 0;
  /** Index where the number last read began. */
  start = 0;
  readonly #terminators: Uint8Array;

  /** @param terminators the bytes that may end a number */
  constructor(terminators: readonly number[]) {
    this.#terminators = new Uint8Array(256);
    for (const byte of terminators) {
      this.#terminators[byte] = 1;
    }
  }

  /** The number at `start`; NaN when there is nothing, or `nan`. Throws DataFormatError (without a position) for text. */
  scan(bytes: Uint8Array, start: number): number {
    let position = start;
    let byte = byteAt(bytes, position);
    const negative = byte === MINUS;
    if (negative) {
      byte = byteAt(bytes, ++position);
    }
    const first = position;
    let mantissa = 0;
    while (isDigit(byte)) {
      mantissa = mantissa * 10 + (byte - ZERO);
      byte = byteAt(bytes, ++position);
    }
    let digits = position - first;
    let decimals = 0;
    if (byte === DOT) {
      const point = position;
      byte = byteAt(bytes, ++position);
      while (isDigit(byte)) {
        mantissa = mantissa * 10 + (byte - ZERO);
        byte = byteAt(bytes, ++position);
      }
      decimals = position - point - 1;
      digits += decimals;
    }
    if (this.#terminators[byte] !== 1 || digits === 0 || digits > EXACT_DIGITS) {
      return this.#scanSlowly(bytes, start, position);
    }
    this.end = position;
    const magnitude = decimals === 0 ? mantissa : mantissa / (POWERS_OF_TEN[decimals] ?? 1);
    return negative ? -magnitude : magnitude;
  }

  #scanSlowly(bytes: Uint8Array, start: number, from: number): number {
    let end = from;
    while (this.#terminators[bytes[end] ?? 0] !== 1) {
      end++;
    }
    this.start = start;
    this.end = end;
    const text = Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString("utf8");
    return parseNumber(text.trim());
  }
}

// Small enough for the compiler to inline: the scan is as fast as with both written out.
function byteAt(bytes: Uint8Array, index: number): number {
  return bytes[index] ?? 0;
}

function isDigit(byte: number): boolean {
  return byte >= ZERO && byte <= NINE;
}

function parseNumber(text: string): number {
  if (text === "") {
    return Number.NaN;
  }
  const value = Number(text);
  // `Number` also takes 0x10, 0b1 and 0o7; a letter is left to the checks below, except an exponent's.
  if (!Number.isNaN(value) && /^[+-]?[0-9.eE+-]+$/.test(text)) {
    return value;
  }
  if (/^[+-]?nan$/i.test(text)) {
    return Number.NaN;
  }
  const infinity = /^([+-]?)inf(inity)?$/i.exec(text);
  if (infinity !== null) {
    return infinity[1] === "-" ? -Infinity : Infinity;
  }
  if (text.charCodeAt(0) === QUOTE) {
    throw new DataFormatError(`quoted fields are not supported, found ${quoteForMessage(text)}`);
  }
  throw new DataFormatError(`${quoteForMessage(text)} is not a number`);
}
