/**
 * CRC-64/NVME: polynomial 0xad93d23594c93659, reflected, all ones in and out (NVM Express NVM Command Set 1.0, §5.2.1.3.4; check
 * value of "123456789": ae8b14860a799888). Eight bytes a step by eight tables ("slicing by 8"), in 32-bit halves, because BigInt
 * is a hundred times slower. Entry 256·d + b of the tables is what byte b becomes when d more bytes have followed it.
 */
const polynomialLow = 0xac4bc9b5;
const polynomialHigh = 0x9a6c9329;
const low = new Int32Array(8 * 256);
const high = new Int32Array(8 * 256);

/** The running CRC-64/NVME of bytes that come in pieces. */
export class Crc64Nvme {
  #low = -1;
  #high = -1;

  constructor() {
    fillTables();
  }

  update(bytes: Uint8Array): void {
    // The eight-byte steps read 32-bit words, which must stand at multiples of four.
    const head = Math.min(bytes.length, (4 - (bytes.byteOffset % 4)) % 4);
    const steps = (bytes.length - head) >> 3;
    this.#byByte(bytes.subarray(0, head));
    this.#byEight(new Int32Array(bytes.buffer, bytes.byteOffset + head, steps * 2));
    this.#byByte(bytes.subarray(head + steps * 8));
  }

  /** Eight bytes, most significant first, as S3 writes them. */
  digest(): Buffer {
    const bytes = Buffer.allocUnsafe(8);
    bytes.writeInt32BE(~this.#high, 0);
    bytes.writeInt32BE(~this.#low, 4);
    return bytes;
  }

  #byByte(bytes: Uint8Array): void {
    for (const byte of bytes) {
      const entry = (this.#low ^ byte) & 255;
      this.#low = ((this.#low >>> 8) | (this.#high << 24)) ^ at(low, entry);
      this.#high = (this.#high >>> 8) ^ at(high, entry);
    }
  }

  #byEight(words: Int32Array): void {
    let nextLow = this.#low;
    let nextHigh = this.#high;
    for (let word = 0; word < words.length; word += 2) {
      const a = nextLow ^ at(words, word);
      const b = nextHigh ^ at(words, word + 1);
      nextLow = combine(low, a, b);
      nextHigh = combine(high, a, b);
    }
    this.#low = nextLow;
    this.#high = nextHigh;
  }
}

/** The first byte of `a` came first: seven more have followed it. */
function combine(table: Int32Array, a: number, b: number): number {
  return (
    at(table, 1792 + (a & 255)) ^
    at(table, 1536 + ((a >>> 8) & 255)) ^
    at(table, 1280 + ((a >>> 16) & 255)) ^
    at(table, 1024 + (a >>> 24)) ^
    at(table, 768 + (b & 255)) ^
    at(table, 512 + ((b >>> 8) & 255)) ^
    at(table, 256 + ((b >>> 16) & 255)) ^
    at(table, b >>> 24)
  );
}

/** Indices are masked, or bounded by a loop, which the compiler cannot know. */
function at(values: Int32Array, index: number): number {
  return values[index] ?? 0;
}

/** On first use: it takes longer than anything else that a start would do for this file. */
function fillTables(): void {
  if (at(low, 1) !== 0) {
    return;
  }
  for (let byte = 0; byte < 256; byte += 1) {
    let [entryLow, entryHigh] = [byte, 0];
    for (let bit = 0; bit < 8; bit += 1) {
      const carry = entryLow & 1;
      entryLow = (entryLow >>> 1) | (entryHigh << 31);
      entryHigh >>>= 1;
      if (carry === 1) {
        entryLow ^= polynomialLow;
        entryHigh ^= polynomialHigh;
      }
    }
    low[byte] = entryLow;
    high[byte] = entryHigh;
  }
  for (let entry = 256; entry < low.length; entry += 1) {
    const before = { low: at(low, entry - 256), high: at(high, entry - 256) };
    low[entry] = ((before.low >>> 8) | (before.high << 24)) ^ at(low, before.low & 255);
    high[entry] = (before.high >>> 8) ^ at(high, before.low & 255);
  }
}
