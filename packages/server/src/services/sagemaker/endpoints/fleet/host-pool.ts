import type { Clock } from "../../../../platform/clock/clock.ts";
import { HostTimeoutError, HostUnreachableError } from "../../models/host/host-errors.ts";
import type { HostRequest, HostResponse } from "../../models/host/host-exchange.ts";
import type { ModelHost } from "../../models/host/model-host.ts";
import { pause } from "../../models/host/pause.ts";

interface PooledHost {
  readonly host: ModelHost;
  inFlight: number;
}

/** How a host is chosen among a variant's. */
export type HostChoice = "random" | "least-busy";

/** Before a request that no host took is tried again. */
const retryPauseMs = 10;

/** The healthy hosts of one variant. A request waits while there is none, and goes to another one when its host did not take it. */
export class HostPool {
  readonly #choice: HostChoice;
  readonly #random: () => number;
  readonly #clock: Clock;
  readonly #hosts: PooledHost[] = [];
  readonly #arrivals = new Set<() => void>();
  readonly #departures = new Set<() => void>();
  #inFlight = 0;

  constructor(choice: HostChoice, random: () => number, clock: Clock) {
    this.#choice = choice;
    this.#random = random;
    this.#clock = clock;
  }

  add(host: ModelHost): void {
    this.#hosts.push({ host, inFlight: 0 });
    for (const arrived of this.#arrivals) {
      arrived();
    }
  }

  remove(host: ModelHost): void {
    const index = this.#hosts.findIndex((pooled) => pooled.host === host);
    if (index >= 0) {
      this.#hosts.splice(index, 1);
    }
  }

  /** @throws what `exchange` throws, but `HostUnreachableError`: that is tried again until the request's time is over. */
  async request(request: HostRequest): Promise<HostResponse> {
    this.#inFlight += 1;
    try {
      return await this.#tryUntilTaken(request);
    } finally {
      this.#inFlight -= 1;
      if (this.#inFlight === 0) {
        for (const departed of this.#departures) {
          departed();
        }
      }
    }
  }

  /** Resolves when no request is under way, or `signal` aborts. */
  idle(signal: AbortSignal): Promise<void> {
    return this.#inFlight === 0 ? Promise.resolve() : once(this.#departures, signal);
  }

  async #tryUntilTaken(request: HostRequest): Promise<HostResponse> {
    const deadline = this.#clock.now().getTime() + request.timeoutMs;
    for (let timeoutMs = request.timeoutMs; timeoutMs > 0; timeoutMs = deadline - this.#clock.now().getTime()) {
      const pooled = this.#choose();
      const response =
        pooled === undefined
          ? await this.#waitForHost(timeoutMs, request.signal)
          : await this.#ask(pooled, { ...request, timeoutMs });
      if (response !== undefined) {
        return response;
      }
    }
    throw new HostTimeoutError("no host took the request in time");
  }

  async #ask(pooled: PooledHost, request: HostRequest): Promise<HostResponse | undefined> {
    pooled.inFlight += 1;
    try {
      return await pooled.host.request(request);
    } catch (error) {
      if (!(error instanceof HostUnreachableError)) {
        throw error;
      }
      await pause(this.#clock, retryPauseMs, request.signal ?? new AbortController().signal);
      return undefined;
    } finally {
      pooled.inFlight -= 1;
    }
  }

  async #waitForHost(timeoutMs: number, signal: AbortSignal | undefined): Promise<undefined> {
    const over = new AbortController();
    const timer = this.#clock.schedule(timeoutMs, () => over.abort());
    try {
      await once(this.#arrivals, signal === undefined ? over.signal : AbortSignal.any([over.signal, signal]));
    } finally {
      timer.cancel();
    }
    signal?.throwIfAborted();
  }

  #choose(): PooledHost | undefined {
    if (this.#choice === "random") {
      return this.#hosts[Math.floor(this.#random() * this.#hosts.length)];
    }
    let least = this.#hosts[0];
    for (const pooled of this.#hosts) {
      if (least === undefined || pooled.inFlight < least.inFlight) {
        least = pooled;
      }
    }
    return least;
  }
}

/** Resolves at the next call of the listeners in `listeners`, or when `signal` aborts. */
function once(listeners: Set<() => void>, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      listeners.delete(done);
      signal.removeEventListener("abort", done);
      resolve();
    };
    listeners.add(done);
    signal.addEventListener("abort", done, { once: true });
    if (signal.aborted) {
      done();
    }
  });
}
