import type { Clock, Timer } from "../../../platform/clock/clock.ts";
import { serverClosing } from "../../../platform/jobs/job-supervisor.ts";

/** Why a run ends before its container does. */
export type HaltCause = "stop-requested" | "max-runtime" | "server-closing";

/** What a halted run's waits and streams fail with. */
export class Halted extends Error {
  override readonly name = "Halted";
  override readonly cause: HaltCause;

  constructor(cause: HaltCause) {
    super(`the run was halted: ${cause}`);
    this.cause = cause;
  }
}

/** Brings together everything that may end a run early. The first cause counts. */
export class Halt {
  readonly #controller = new AbortController();
  readonly #clock: Clock;
  #timer: Timer | undefined;

  constructor(clock: Clock, stop: AbortSignal) {
    this.#clock = clock;
    const onStop = (): void => this.#abort(stop.reason === serverClosing ? "server-closing" : "stop-requested");
    if (stop.aborted) {
      onStop();
    }
    stop.addEventListener("abort", onStop, { once: true });
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  get cause(): HaltCause | undefined {
    const reason: unknown = this.#controller.signal.reason;
    return reason instanceof Halted ? reason.cause : undefined;
  }

  requestStop(): void {
    this.#abort("stop-requested");
  }

  /** Halts after `seconds` of the clock's time. */
  limit(seconds: number): void {
    this.#timer = this.#clock.schedule(seconds * 1000, () => this.#abort("max-runtime"));
  }

  /** The run is over: nothing will halt it any more. */
  release(): void {
    this.#timer?.cancel();
  }

  #abort(cause: HaltCause): void {
    this.#controller.abort(new Halted(cause));
  }
}
