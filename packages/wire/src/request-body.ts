import type { Readable } from "node:stream";

/** What a request says about its body outside the modelled input. */
export interface BodyFacts {
  /** Names announced by `x-amz-trailer`, in lower case. Known before the first byte, unlike the values. */
  readonly trailerNames: readonly string[];
  /** Trailing headers, names in lower case; complete once the body has been read to its end. */
  trailers(): Readonly<Record<string, string>>;
}

const noFacts: BodyFacts = { trailerNames: [], trailers: () => ({}) };

/**
 * The value of a streaming input member: the decoded bytes with the facts above. Whoever decodes the body verifies what
 * the signature covers (payload hash, chunk signatures, declared length) and fails the stream when it does not hold, so
 * that a reader which ends well has read what was signed.
 */
export class RequestBody {
  readonly content: Uint8Array | Readable;
  readonly facts: BodyFacts;

  constructor(content: Uint8Array | Readable, facts: BodyFacts = noFacts) {
    this.content = content;
    this.facts = facts;
  }
}
