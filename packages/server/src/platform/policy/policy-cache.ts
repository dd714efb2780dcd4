import { parsePolicy } from "./parse-policy.ts";
import type { Policy } from "./policy.ts";

/** Compiled policies by their text, so that a document is parsed once however many roles carry it. */
export class PolicyCache {
  readonly #policies = new Map<string, Policy>();
  readonly #capacity: number;

  /** At `capacity` documents the one that was not asked for longest goes. */
  constructor(capacity = 1000) {
    this.#capacity = capacity;
  }

  /** @throws MalformedPolicyError */
  get(text: string): Policy {
    const known = this.#policies.get(text);
    const policy = known ?? parsePolicy(text);
    // Deleting first moves the entry to the end of the map's order, which is the order of last use.
    this.#policies.delete(text);
    this.#policies.set(text, policy);
    if (this.#policies.size > this.#capacity) {
      const [oldest] = this.#policies.keys();
      this.#policies.delete(oldest ?? text);
    }
    return policy;
  }
}
