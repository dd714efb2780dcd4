import type { Clock } from "../../platform/clock/clock.ts";
import type { RecordKey } from "../../platform/records/record-store.ts";
import type { CallContext } from "../operation.ts";

/** How the SageMaker Python SDK names itself, in all its versions. */
const sdkUserAgent = "AWS-SageMaker-Python-SDK";
/** Creates whose describe never came are forgotten, oldest first. */
const remembered = 1000;

/**
 * Holds the first Describe after a create until the resource has settled, or for `holdMs`: the SageMaker Python SDK then finds
 * short work done at once instead of polling again after 10 to 30 seconds. Nobody but that SDK is ever held.
 */
export class FirstDescribes {
  readonly #clock: Clock;
  readonly #holdMs: number;
  readonly #expected = new Set<string>();

  /** `holdMs` 0 turns it off. */
  constructor(clock: Clock, holdMs: number) {
    this.#clock = clock;
    this.#holdMs = holdMs;
  }

  /** A create operation has written the record of `key`. */
  expect(key: RecordKey): void {
    if (this.#holdMs === 0) {
      return;
    }
    this.#expected.add(nameOf(key));
    for (const oldest of this.#expected) {
      if (this.#expected.size <= remembered) {
        break;
      }
      this.#expected.delete(oldest);
    }
  }

  /** Called by a describe operation before it reads. `settled` resolves when the resource is settled or its signal aborts. */
  async hold(
    key: RecordKey,
    context: CallContext,
    settled: (key: RecordKey, signal: AbortSignal) => Promise<void>,
  ): Promise<void> {
    if (!context.userAgent.includes(sdkUserAgent) || !this.#expected.delete(nameOf(key))) {
      return;
    }
    const over = new AbortController();
    const timer = this.#clock.schedule(this.#holdMs, () => over.abort());
    try {
      await settled(key, AbortSignal.any([over.signal, context.signal]));
    } finally {
      timer.cancel();
    }
  }
}

function nameOf(key: RecordKey): string {
  return `${key.collection} ${key.scope.account} ${key.scope.region} ${key.id}`;
}
