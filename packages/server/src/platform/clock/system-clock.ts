import type { Clock, Timer } from "./clock.ts";

/** The machine's clock. Its timers do not keep the process alive. */
export function systemClock(): Clock {
  return {
    now: () => new Date(),
    schedule: (delayMs, callback) => {
      const timeout = setTimeout(callback, delayMs);
      timeout.unref();
      return { cancel: () => clearTimeout(timeout) } satisfies Timer;
    },
  };
}
