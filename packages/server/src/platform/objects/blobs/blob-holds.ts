/** Counts who reads which blob, so that its file stays until nobody does. */
export class BlobHolds {
  readonly #counts = new Map<number, number>();

  /** The function gives them free; calling it again does nothing. */
  hold(ids: readonly number[]): () => void {
    ids.forEach((id) => this.#counts.set(id, (this.#counts.get(id) ?? 0) + 1));
    let held = true;
    return () => {
      if (held) {
        held = false;
        ids.forEach((id) => this.#release(id));
      }
    };
  }

  isHeld(id: number): boolean {
    return this.#counts.has(id);
  }

  #release(id: number): void {
    const remaining = (this.#counts.get(id) ?? 0) - 1;
    if (remaining > 0) {
      this.#counts.set(id, remaining);
    } else {
      this.#counts.delete(id);
    }
  }
}
