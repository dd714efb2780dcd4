/** Writes little-endian numbers and counted lists. */
export class ByteWriter {
  readonly #parts: Buffer[] = [];

  int32(...values: number[]): void {
    const bytes = Buffer.alloc(values.length * 4);
    values.forEach((value, index) => bytes.writeInt32LE(value | 0, index * 4));
    this.#parts.push(bytes);
  }

  float32(...values: number[]): void {
    this.bytes(Float32Array.from(values));
  }

  uint64(value: number): void {
    const bytes = Buffer.alloc(8);
    bytes.writeBigUInt64LE(BigInt(value));
    this.#parts.push(bytes);
  }

  text(value: string): void {
    const bytes = Buffer.from(value, "utf8");
    this.uint64(bytes.length);
    this.#parts.push(bytes);
  }

  zeros(count: number): void {
    this.#parts.push(Buffer.alloc(count));
  }

  /** The bytes of any buffer, as they are. */
  bytes(value: NodeJS.ArrayBufferView): void {
    this.#parts.push(Buffer.from(value.buffer, value.byteOffset, value.byteLength));
  }

  float32List(values: Float32Array): void {
    this.uint64(values.length);
    this.bytes(values);
  }

  toBuffer(): Buffer {
    return Buffer.concat(this.#parts);
  }
}
