import type { Policy } from "../../../platform/policy/policy.ts";
import type { PolicyCache } from "../../../platform/policy/policy-cache.ts";
import type { Directory } from "../directory/directory.ts";
import type { PolicyHolder } from "../directory/entries.ts";

export interface HeldPolicies {
  readonly policies: readonly Policy[];
  readonly boundary?: Policy;
}

/** The compiled policies of users and roles, gathered once per version of the directory. */
export class IdentityPolicies {
  readonly #directory: Directory;
  readonly #cache: PolicyCache;
  readonly #held = new Map<PolicyHolder, HeldPolicies>();
  #version = -1;

  constructor(directory: Directory, cache: PolicyCache) {
    this.#directory = directory;
    this.#cache = cache;
  }

  of(holder: PolicyHolder): HeldPolicies {
    if (this.#version !== this.#directory.version) {
      this.#held.clear();
      this.#version = this.#directory.version;
    }
    let held = this.#held.get(holder);
    if (held === undefined) {
      held = this.#gather(holder);
      this.#held.set(holder, held);
    }
    return held;
  }

  #gather(holder: PolicyHolder): HeldPolicies {
    const attached = holder.attachedPolicies.flatMap((arn) => this.#directory.policy(arn)?.document ?? []);
    const documents = [...Object.values(holder.inlinePolicies), ...attached];
    const policies = documents.map((document) => this.#cache.get(document));
    if (holder.permissionsBoundary === undefined) {
      return { policies };
    }
    // A boundary that is gone bounds everything away.
    const document = this.#directory.policy(holder.permissionsBoundary)?.document;
    return { policies, boundary: document === undefined ? { statements: [] } : this.#cache.get(document) };
  }
}
