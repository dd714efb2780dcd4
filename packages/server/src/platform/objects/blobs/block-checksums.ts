import { crc32 } from "node:zlib";

/** Blobs carry a CRC32 per block, so that a range is verified without reading the whole. */
export const blockSize: number = 2 ** 20;

/** The block checksums of bytes that come in pieces. */
export class BlockChecksums {
  readonly #finished: number[] = [];
  #current = 0;
  #filled = 0;

  update(bytes: Uint8Array): void {
    for (let offset = 0; offset < bytes.length;) {
      const piece = bytes.subarray(offset, offset + blockSize - this.#filled);
      this.#current = crc32(piece, this.#current);
      this.#filled += piece.length;
      offset += piece.length;
      if (this.#filled === blockSize) {
        this.#endBlock();
      }
    }
  }

  /** Four bytes a block, least significant first. Call once. */
  finish(): Uint8Array {
    if (this.#filled > 0) {
      this.#endBlock();
    }
    const bytes = Buffer.alloc(this.#finished.length * 4);
    this.#finished.forEach((value, index) => bytes.writeUInt32LE(value, index * 4));
    return bytes;
  }

  #endBlock(): void {
    this.#finished.push(this.#current);
    this.#current = 0;
    this.#filled = 0;
  }
}

/** Whether a whole block (the last may be short) is as it was written. */
export function isBlockIntact(block: Uint8Array, blockChecksums: Uint8Array, index: number): boolean {
  const view = new DataView(blockChecksums.buffer, blockChecksums.byteOffset, blockChecksums.byteLength);
  return index * 4 < blockChecksums.byteLength && crc32(block) === view.getUint32(index * 4, true);
}
