import { createHash, createHmac, timingSafeEqual, type Hash } from "node:crypto";
import type { Signature } from "../sigv4/signature.ts";
import { EMPTY_SHA256, sha256Hex } from "../sigv4/signature-text.ts";
import { signingKey } from "../sigv4/signing-key.ts";

/** What of a request's signature its chunks are signed with. */
type Seed = Pick<Signature, "accessKeyId" | "date" | "region" | "service" | "scope" | "timestamp" | "signature">;

/** Verifies the signatures of chunks, each of which signs the one before it. */
export class ChunkVerifier {
  readonly #key: Buffer;
  readonly #prefix: string;
  #previous: string;
  #hash: Hash = createHash("sha256");

  constructor(seed: Seed, secret: string) {
    this.#key = signingKey(secret, seed);
    this.#prefix = `${seed.timestamp}\n${seed.scope}`;
    this.#previous = seed.signature;
  }

  /** Takes bytes of the chunk that is being read. */
  update(bytes: Uint8Array): void {
    this.#hash.update(bytes);
  }

  /** Ends a chunk: whether `signature` signs it. */
  endChunk(signature: string): boolean {
    const digest = this.#hash.digest("hex");
    this.#hash = createHash("sha256");
    return this.#matches(
      `AWS4-HMAC-SHA256-PAYLOAD\n${this.#prefix}\n${this.#previous}\n${EMPTY_SHA256}\n${digest}`,
      signature,
    );
  }

  /** Whether `signature` signs the trailing headers, given as `name:value\n` lines. */
  verifyTrailer(lines: string, signature: string): boolean {
    return this.#matches(
      `AWS4-HMAC-SHA256-TRAILER\n${this.#prefix}\n${this.#previous}\n${sha256Hex(lines)}`,
      signature,
    );
  }

  #matches(text: string, signature: string): boolean {
    const expected = createHmac("sha256", this.#key).update(text).digest();
    const given = Buffer.from(signature, "hex");
    this.#previous = signature;
    return given.length === expected.length && timingSafeEqual(given, expected);
  }
}
