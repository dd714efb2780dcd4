import type { NativeHandle, NativeLibrary } from "../library/native-library.ts";
import { startRabitTracker } from "./rabit-tracker.ts";
import type { RunningTracker } from "./running-tracker.ts";

/** Seconds that a tracker of the library waits for processes before it gives up. */
const TIMEOUT_SECONDS = 600;

/** Starts the library's own tracker, or, before 2.1, ours. Ranks follow the task ids. */
export async function startTracker(
  library: NativeLibrary,
  processes: number,
  address: string,
): Promise<RunningTracker> {
  return library.isAtLeast(2, 1)
    ? startNativeTracker(library, processes, address)
    : await startRabitTracker(processes, address);
}

/** What identifies a process to its tracker; the names changed with the library's own tracker. */
export function taskArgument(library: NativeLibrary, rank: number): Record<string, string> {
  // Trackers sort ids as text.
  const id = String(rank).padStart(4, "0");
  return library.isAtLeast(2, 1)
    ? { dmlc_communicator: "rabit", dmlc_task_id: id }
    : { xgboost_communicator: "rabit", DMLC_TASK_ID: id };
}

const SORT_BY_TASK = 1;

function startNativeTracker(library: NativeLibrary, processes: number, address: string): RunningTracker {
  const out: NativeHandle[] = [0];
  const config = {
    dmlc_communicator: "rabit",
    n_workers: processes,
    host: address,
    port: 0,
    sortby: SORT_BY_TASK,
    timeout: TIMEOUT_SECONDS,
  };
  library.call("XGTrackerCreate", JSON.stringify(config), out);
  const handle = out[0] ?? 0;
  library.call("XGTrackerRun", handle, "{}");
  const text: string[] = [""];
  library.call("XGTrackerWorkerArgs", handle, text);
  return {
    workerArguments: JSON.parse(text[0] ?? "{}") as Record<string, string | number>,
    close: async () => {
      library.call("XGTrackerWaitFor", handle, JSON.stringify({ timeout: TIMEOUT_SECONDS }));
      library.call("XGTrackerFree", handle);
    },
  };
}
