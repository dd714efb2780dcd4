import type { Clock, Timer } from "./clock.ts";

/** A clock that moves only when it is told to. */
export interface ManualClock extends Clock {
  /**
   * Moves time forward by `milliseconds` and calls what becomes due, earliest first; among equals, what was scheduled first.
   * Each callback sees the time it was due at, and what it schedules within the span is called too.
   */
  advance(milliseconds: number): void;
}

interface PendingCall extends Timer {
  readonly dueAt: number;
  readonly callback: () => void;
}

export function manualClock(start: Date): ManualClock {
  let currentTime = start.getTime();
  const pending = new Set<PendingCall>();

  return {
    now: () => new Date(currentTime),

    schedule(delayMs, callback) {
      const call: PendingCall = {
        dueAt: currentTime + Math.max(0, delayMs),
        callback,
        cancel: () => pending.delete(call),
      };
      pending.add(call);
      return call;
    },

    advance(milliseconds) {
      const target = currentTime + milliseconds;
      for (let call = earliest(pending, target); call !== undefined; call = earliest(pending, target)) {
        pending.delete(call);
        currentTime = Math.max(currentTime, call.dueAt);
        call.callback();
      }
      currentTime = target;
    },
  };
}

function earliest(pending: ReadonlySet<PendingCall>, target: number): PendingCall | undefined {
  let first: PendingCall | undefined;
  for (const call of pending) {
    if (call.dueAt <= target && (first === undefined || call.dueAt < first.dueAt)) {
      first = call;
    }
  }
  return first;
}
