import { setTimeout as delay } from "node:timers/promises";
import { CommandError } from "../command.ts";

export interface Poll<T> {
  readonly ask: () => Promise<T>;
  readonly done: (answer: T) => boolean;
  /** Shown while the answer is not there yet. */
  readonly status: (answer: T) => string | undefined;
}

/**
 * Asks again every 50 ms until the answer satisfies `done`; the service keeps the time, there is nothing to wait on.
 * Throws `CommandError` (exit code 130, as after Ctrl-C) when the signal aborts.
 */
export async function poll<T>(
  { ask, done, status }: Poll<T>,
  { signal, display }: { readonly signal: AbortSignal; readonly display: { waiting(text: string): void } },
): Promise<T> {
  for (;;) {
    const answer = await ask();
    if (done(answer)) {
      return answer;
    }
    if (signal.aborted) {
      throw new CommandError("interrupted", 130);
    }
    display.waiting(status(answer) ?? "");
    await delay(50);
  }
}
