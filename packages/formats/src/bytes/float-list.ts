/** A growing Float32Array. Hot loops write to `values` directly after `reserve`. */
export class FloatList {
  values: Float32Array;
  length = 0;

  constructor(capacity = 0) {
    this.values = new Float32Array(capacity);
  }

  /** Makes room for `count` more values. Grows by a quarter: large tables must not double their memory for the last row. */
  reserve(count: number): void {
    const needed = this.length + count;
    if (needed <= this.values.length) {
      return;
    }
    const grown = new Float32Array(Math.max(needed, Math.ceil(this.values.length * 1.25), 64));
    grown.set(this.values.subarray(0, this.length));
    this.values = grown;
  }

  push(value: number): void {
    this.reserve(1);
    this.values[this.length++] = value;
  }

  /** What was written, sharing memory with the list. */
  toArray(): Float32Array {
    return this.values.subarray(0, this.length);
  }
}
