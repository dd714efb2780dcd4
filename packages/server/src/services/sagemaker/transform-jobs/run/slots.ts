/** A number of things that may be in use at once. Who waits is served in order. */
export class Slots {
  #free: number;
  readonly #waiting: (() => void)[] = [];

  constructor(count: number) {
    this.#free = count;
  }

  /** Undefined when all are in use. The result gives the slot back; it may be called more than once. */
  tryAcquire(): (() => void) | undefined {
    if (this.#free === 0) {
      return undefined;
    }
    this.#free -= 1;
    return this.#releaser();
  }

  async acquire(): Promise<() => void> {
    const acquired = this.tryAcquire();
    if (acquired !== undefined) {
      return acquired;
    }
    await new Promise<void>((resolve) => this.#waiting.push(resolve));
    return this.#releaser();
  }

  #releaser(): () => void {
    let released = false;
    return () => {
      if (!released) {
        released = true;
        this.#release();
      }
    };
  }

  /** Handed on directly, so that nobody who came later takes it. */
  #release(): void {
    const next = this.#waiting.shift();
    if (next === undefined) {
      this.#free += 1;
    } else {
      next();
    }
  }
}
