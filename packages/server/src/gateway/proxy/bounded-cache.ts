/** A map that forgets the entry used longest ago once it holds more than `limit`. */
export interface BoundedCache<V> {
  get(key: string): V | undefined;
  set(key: string, value: V): void;
  delete(key: string): void;
}

/** @param limit At least 1. */
export function boundedCache<V>(limit: number): BoundedCache<V> {
  // A Map iterates in insertion order, so the first key is the oldest as long as a hit moves its key to the end.
  const entries = new Map<string, V>();
  return {
    get(key) {
      const value = entries.get(key);
      if (value !== undefined) {
        entries.delete(key);
        entries.set(key, value);
      }
      return value;
    },
    set(key, value) {
      entries.delete(key);
      entries.set(key, value);
      const oldest = entries.keys().next().value;
      if (entries.size > limit && oldest !== undefined) {
        entries.delete(oldest);
      }
    },
    delete: (key) => void entries.delete(key),
  };
}
