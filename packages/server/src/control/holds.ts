import type { Clock } from "../platform/clock/clock.ts";
import { jsonResponse, type LocalRoute } from "../gateway/local/local-route.ts";

/** How long a server that lives for its users waits for the first of them. */
const firstHoldMs = 30_000;

/**
 * Counts the programs that use this server. Each keeps one request open for as long as it does, so that the count is right
 * however a program ends.
 */
export class Holds {
  readonly #onUnused: () => void;
  readonly #ended = new AbortController();
  #count = 0;

  /** @param onUnused Called when the last of them has gone. */
  constructor(onUnused: () => void) {
    this.#onUnused = onUnused;
  }

  get count(): number {
    return this.#count;
  }

  /** Calls `onUnused` when nobody has come within half a minute: whoever wanted the server was killed. */
  expectFirst(clock: Clock): void {
    clock.schedule(firstHoldMs, () => {
      if (this.#count === 0) {
        this.#onUnused();
      }
    });
  }

  /** Answers everybody who holds, so that a server that stops does not wait for them. */
  end(): void {
    this.#ended.abort();
  }

  route(): LocalRoute {
    return {
      method: "GET",
      path: "/_clary/hold",
      handle: async ({ cancellation }) => {
        this.#count += 1;
        await aborted(AbortSignal.any([cancellation.signal, this.#ended.signal]));
        this.#count -= 1;
        if (this.#count === 0) {
          this.#onUnused();
        }
        return jsonResponse(200, {});
      },
    };
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) {
      resolve();
    }
    signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
