import { setTimeout as delay } from "node:timers/promises";

/** Asks again every 50 ms until the answer satisfies `done`; the service keeps the time, there is nothing to wait on. */
export async function poll<T>(ask: () => Promise<T>, done: (answer: T) => boolean): Promise<T> {
  for (;;) {
    const answer = await ask();
    if (done(answer)) {
      return answer;
    }
    await delay(50);
  }
}
