import type { Clock, Timer } from "../../../../platform/clock/clock.ts";

/** Between two copies of a running job's checkpoints. */
const syncMs = 10_000;

/** Calls `sync` again and again, one call at a time, until it is stopped. Errors are reported and the next call comes all the same. */
export function repeatedly(
  clock: Clock,
  sync: () => Promise<void>,
  onError: (error: unknown) => void,
): { stop(): void } {
  let timer: Timer | undefined;
  let stopped = false;
  const next = (): void => {
    timer = clock.schedule(syncMs, () => {
      void sync()
        .catch(onError)
        .finally(() => {
          if (!stopped) {
            next();
          }
        });
    });
  };
  next();
  return {
    stop() {
      stopped = true;
      timer?.cancel();
    },
  };
}
