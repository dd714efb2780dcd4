import { setTimeout as delay } from "node:timers/promises";

export interface UntilOptions {
  readonly withinMs?: number;
  readonly everyMs?: number;
}

/** Looks again and again at what gives no event to somebody outside. Rejects with `what` when it does not come about in time. */
export async function until(
  what: string,
  isSo: () => boolean | Promise<boolean>,
  { withinMs = 60_000, everyMs = 25 }: UntilOptions = {},
): Promise<void> {
  const end = performance.now() + withinMs;
  while (!(await isSo())) {
    if (performance.now() > end) {
      throw new Error(`not within ${withinMs} ms: ${what}`);
    }
    await delay(everyMs);
  }
}
