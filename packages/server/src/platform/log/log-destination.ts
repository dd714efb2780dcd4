import { destination, type DestinationStream } from "pino";
import type { Clock, Timer } from "../clock/clock.ts";

/** Lines are written when so many bytes wait, or after the delay. */
const bufferedBytes = 8192;
const flushEveryMs = 500;

export interface LogDestination extends DestinationStream {
  /** Resolves when every line so far is written, and stops the delayed writing. Call it once, before the process ends. */
  close(): Promise<void>;
}

/**
 * Appends to a file, or to standard output, without holding up the event loop: a line per request would otherwise cost
 * a system call per request.
 * @param target A path, or a file descriptor (1: standard output).
 */
export function openLogDestination(target: string | number, clock: Clock): LogDestination {
  const stream = destination({ dest: target, sync: false, minLength: bufferedBytes, mkdir: true });
  // A log that cannot be written must not stop the server; there is nowhere to say so.
  stream.on("error", () => undefined);
  let timer: Timer = clock.schedule(flushEveryMs, flush);
  function flush(): void {
    stream.flush();
    timer = clock.schedule(flushEveryMs, flush);
  }
  return {
    write: (line) => void stream.write(line),
    close() {
      timer.cancel();
      return new Promise((resolve) => stream.flush(() => resolve()));
    },
  };
}
