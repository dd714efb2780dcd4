import type { ManualClock } from "../../../platform/clock/manual-clock.ts";

/** Moves a clock on, with time for sockets in between, until `promise` is settled. */
export async function advanceUntil<Value>(clock: ManualClock, stepMs: number, promise: Promise<Value>): Promise<Value> {
  let settled = false;
  const watched = promise.finally(() => {
    settled = true;
  });
  watched.catch(() => undefined);
  while (!settled) {
    clock.advance(stepMs);
    await new Promise((resolve) => setImmediate(resolve));
  }
  return watched;
}
