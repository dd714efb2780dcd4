/** Numbers that are the same for the same seed. */
export interface SeededRandom {
  /** In [0, 1). */
  next(): number;
  /** A whole number of [low, high]. */
  integer(low: number, high: number): number;
  pick<T>(values: readonly T[]): T;
  /** Another sequence, which depends only on this one's seed and `name`. */
  fork(name: string): SeededRandom;
}

/** Mulberry32, by Tommy Ettinger (public domain): 32 bits of state are plenty for choosing moments and sizes. */
export function seededRandom(seed: number): SeededRandom {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const integer = (low: number, high: number): number => low + Math.floor(next() * (high - low + 1));
  return {
    next,
    integer,
    pick(values) {
      const value = values[integer(0, values.length - 1)];
      if (value === undefined) {
        throw new Error("there is nothing to pick from");
      }
      return value;
    },
    fork: (name) => seededRandom(Buffer.from(name).reduce((hash, byte) => Math.imul(hash, 31) + byte, seed)),
  };
}

/** `CLARY_SEED`, or one of the clock; tests print it, so that a failure can be had again. */
export function seedOfRun(): number {
  return Number(process.env["CLARY_SEED"] ?? Date.now() % 2 ** 31);
}
