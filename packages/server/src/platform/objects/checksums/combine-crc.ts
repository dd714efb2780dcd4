import type { ChecksumAlgorithm } from "../object-store.ts";

/**
 * The CRC of a concatenation from the CRCs of its pieces. Notation: a CRC value is a polynomial over GF(2) of `bits` coefficients,
 * the most significant bit standing for x^0 (all three are "reflected"). Appending n bytes multiplies it by x^(8n) modulo the CRC's
 * polynomial P, so crc(a ‖ b) = crc(a)·x^(8·|b|) mod P ⊕ crc(b); the ones that the CRC begins and ends with cancel out.
 */
interface CrcParameters {
  readonly bits: bigint;
  /** P without its leading term, reflected. */
  readonly polynomial: bigint;
}

export type CombinableAlgorithm = Extract<ChecksumAlgorithm, `CRC${string}`>;

const parameters: Readonly<Record<CombinableAlgorithm, CrcParameters>> = {
  CRC32: { bits: 32n, polynomial: 0xedb88320n },
  CRC32C: { bits: 32n, polynomial: 0x82f63b78n },
  CRC64NVME: { bits: 64n, polynomial: 0x9a6c9329ac4bc9b5n },
};

export interface CrcPiece {
  /** As the checksum is written: base64, most significant byte first. */
  readonly value: string;
  readonly size: number;
}

export function isCombinable(algorithm: ChecksumAlgorithm): algorithm is CombinableAlgorithm {
  return algorithm in parameters;
}

/** Base64 like its pieces. The shifts are computed once per piece size: parts of an upload mostly share one. */
export function combineCrc(algorithm: CombinableAlgorithm, pieces: readonly CrcPiece[]): string {
  const crc = parameters[algorithm];
  const shifts = new Map<number, bigint>();
  const shiftBy = (size: number): bigint => {
    const shift = shifts.get(size) ?? shiftOfBytes(size, crc);
    shifts.set(size, shift);
    return shift;
  };
  const combined = pieces.reduce(
    (whole, piece) => multiply(whole, shiftBy(piece.size), crc) ^ fromBase64(piece.value),
    0n,
  );
  return toBase64(combined, crc);
}

/** x^(8·size) mod P, by repeated squaring. */
function shiftOfBytes(size: number, crc: CrcParameters): bigint {
  // x^8: the bit for x^0 is the topmost.
  let power = 1n << (crc.bits - 9n);
  let result = 1n << (crc.bits - 1n);
  for (let remaining = BigInt(size); remaining > 0n; remaining >>= 1n) {
    if ((remaining & 1n) === 1n) {
      result = multiply(result, power, crc);
    }
    power = multiply(power, power, crc);
  }
  return result;
}

/** left·right mod P: schoolbook, one coefficient of `left` at a time from x^0 on, while `right` is multiplied by x. */
function multiply(left: bigint, right: bigint, { bits, polynomial }: CrcParameters): bigint {
  let product = 0n;
  let shifted = right;
  for (let bit = bits - 1n; bit >= 0n; bit -= 1n) {
    if (((left >> bit) & 1n) === 1n) {
      product ^= shifted;
    }
    shifted = (shifted & 1n) === 1n ? (shifted >> 1n) ^ polynomial : shifted >> 1n;
  }
  return product;
}

function fromBase64(value: string): bigint {
  return BigInt(`0x${Buffer.from(value, "base64").toString("hex")}`);
}

function toBase64(value: bigint, { bits }: CrcParameters): string {
  return Buffer.from(value.toString(16).padStart(Number(bits) / 4, "0"), "hex").toString("base64");
}
