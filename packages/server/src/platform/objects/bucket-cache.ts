import type { Bucket } from "./object-store.ts";

/** More buckets than one server is in use with at a time. */
const mostBuckets = 1000;

/**
 * Buckets as they were last read: every request to S3 asks for its bucket's policy, and reading it costs a tenth of a small GET.
 * Nobody but this server writes to its database, so what is remembered holds until this server writes.
 */
export class BucketCache {
  readonly #known = new Map<string, Bucket>();
  #writes = 0;

  async get(name: string, read: (name: string) => Promise<Bucket | undefined>): Promise<Bucket | undefined> {
    const known = this.#known.get(name);
    if (known !== undefined) {
      return known;
    }
    const writes = this.#writes;
    const bucket = await read(name);
    // A write that ended in the meantime may have changed what was read.
    if (bucket !== undefined && writes === this.#writes) {
      this.#makeRoom();
      this.#known.set(name, bucket);
    }
    return bucket;
  }

  /** Forgets everything when the write is over, before its caller hears of it. */
  async during<Outcome>(write: Promise<Outcome>): Promise<Outcome> {
    try {
      return await write;
    } finally {
      this.#writes += 1;
      this.#known.clear();
    }
  }

  #makeRoom(): void {
    if (this.#known.size >= mostBuckets) {
      this.#known.clear();
    }
  }
}
