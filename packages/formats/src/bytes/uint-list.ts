/** A growing Uint32Array. */
export class UintList {
  values: Uint32Array;
  length = 0;

  constructor(capacity = 0) {
    this.values = new Uint32Array(capacity);
  }

  push(value: number): void {
    if (this.length === this.values.length) {
      const grown = new Uint32Array(Math.max(64, Math.ceil(this.length * 1.5)));
      grown.set(this.values);
      this.values = grown;
    }
    this.values[this.length++] = value;
  }

  /** What was written, sharing memory with the list. */
  toArray(): Uint32Array {
    return this.values.subarray(0, this.length);
  }
}
