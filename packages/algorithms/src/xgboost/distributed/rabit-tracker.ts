import { once } from "node:events";
import { extname } from "node:path";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import { PlatformError } from "../../failures.ts";
import type { RunningTracker } from "./running-tracker.ts";

/**
 * Starts a rabit tracker, for libraries before 2.1, which have none. It runs in a thread of its own: the library's
 * collective calls block the thread that makes them, and this process makes some, too.
 */
export async function startRabitTracker(processes: number, address: string): Promise<RunningTracker> {
  const here = fileURLToPath(import.meta.url);
  const thread = new Worker(new URL(`./rabit-tracker-thread${extname(here)}`, import.meta.url), {
    workerData: { processes },
  });
  const [message] = (await once(thread, "message")) as [{ readonly port?: number; readonly error?: string }];
  if (message.port === undefined) {
    throw new PlatformError(`The tracker could not be started: ${message.error ?? "no reason given"}`);
  }
  return {
    workerArguments: { DMLC_TRACKER_URI: address, DMLC_TRACKER_PORT: message.port },
    close: async () => {
      await thread.terminate();
    },
  };
}
