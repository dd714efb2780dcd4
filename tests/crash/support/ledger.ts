import { createHash } from "node:crypto";

/** What an object is after one write of it. */
export interface Version {
  /** As S3 shows it, in quotes. */
  readonly etag: string;
  /** Of the bytes, in hexadecimal; for an object of one part it is the ETag's. */
  readonly md5: string;
  readonly size: number;
}

export type Content = Version | "absent";

/**
 * What the object of each key may be: the content of the last acknowledged write, or that of a later one whose answer never
 * came. A key is written by one writer at a time.
 */
export class Ledger {
  readonly #allowed = new Map<string, readonly Content[]>();
  #acknowledged = 0;

  get acknowledged(): number {
    return this.#acknowledged;
  }

  keys(): readonly string[] {
    return [...this.#allowed.keys()];
  }

  allowed(key: string): readonly Content[] {
    return this.#allowed.get(key) ?? ["absent"];
  }

  /** Does a write, which from its first moment may have happened and from its answer on must have. */
  async write(key: string, content: Content, send: () => Promise<unknown>): Promise<void> {
    this.#allowed.set(key, [...this.allowed(key), content]);
    await send();
    this.settle(key, content);
    this.#acknowledged += 1;
  }

  /** From now on the object of `key` is this, and nothing else. */
  settle(key: string, content: Content): void {
    this.#allowed.set(key, [content]);
  }
}

/** Bytes that no two names share, so that a block of one object in another is seen. */
export function bytesNamed(name: string, size: number): Buffer {
  return size === 0 ? Buffer.alloc(0) : createHash("shake256", { outputLength: size }).update(name).digest();
}

export function md5(bytes: Uint8Array): string {
  return createHash("md5").update(bytes).digest("hex");
}

export function versionOf(bytes: Uint8Array): Version {
  const hash = md5(bytes);
  return { etag: `"${hash}"`, md5: hash, size: bytes.length };
}

/** Of an object that was uploaded in parts: its ETag is the MD5 of the parts' MD5s. */
export function multipartVersion(parts: readonly Uint8Array[]): Version {
  const hashes = Buffer.from(parts.map(md5).join(""), "hex");
  const whole = Buffer.concat(parts);
  return { etag: `"${md5(hashes)}-${parts.length}"`, md5: md5(whole), size: whole.length };
}
