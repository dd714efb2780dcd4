/**
 * Buffers of one size that are used again and again: payloads are large, and the memory of each new one counts towards the next
 * garbage collection, of which a long transform would make hundreds.
 */
export class PayloadBuffers {
  readonly #size: number;
  readonly #free: Buffer[] = [];
  readonly #lent = new Map<ArrayBufferLike, Buffer>();

  constructor(size: number) {
    this.#size = size;
  }

  /** Its content is whatever an earlier payload left. */
  take(): Buffer {
    const buffer = this.#free.pop() ?? Buffer.allocUnsafeSlow(this.#size);
    this.#lent.set(buffer.buffer, buffer);
    return buffer;
  }

  /** Takes back the buffer that `payload` is a part of. Payloads that came from elsewhere are left alone. */
  giveBack(payload: Uint8Array): void {
    const buffer = this.#lent.get(payload.buffer);
    if (buffer !== undefined) {
      this.#lent.delete(payload.buffer);
      this.#free.push(buffer);
    }
  }
}
