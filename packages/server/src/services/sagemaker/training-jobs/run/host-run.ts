import type { RunningWorkload } from "../../../../platform/compute/compute-backend.ts";
import type { LogSink } from "../../deps.ts";
import type { LastLines } from "../../jobs/last-lines.ts";
import type { TrainingHost } from "./training-hosts.ts";

/** A host of a job at work. */
export interface HostRun {
  readonly host: TrainingHost;
  readonly workload: RunningWorkload;
  readonly sink: LogSink;
  readonly lines: LastLines;
}
