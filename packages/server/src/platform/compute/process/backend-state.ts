import { availableParallelism } from "node:os";
import type { Clock } from "../../clock/clock.ts";
import type { Isolation, IsolationSwitches } from "./isolation.ts";
import type { PreparedImages } from "./prepared-images.ts";
import type { WorkerMains } from "./worker-mains.ts";

export interface ProcessBackendOptions {
  /** Private to this server and below its data directory: workloads' roots are made here, and what is left of earlier ones is removed. */
  readonly directory: string;
  readonly clock: Clock;
  /**
   * What is taken from the server's environment: `PATH` and `LANG` for every workload's process; all of it for preparing images
   * (where libxgboost and its cache are, proxies). No secrets.
   */
  readonly environment: Readonly<Record<string, string>>;
  /** Default: everything that works here. */
  readonly isolation?: Partial<IsolationSwitches>;
  /** Default: `@clary/worker` as installed. */
  readonly workers?: WorkerMains;
  /** After a workload, a worker of its kind is started for the next one and waits a minute for it. Default false. */
  readonly keepSpares?: boolean;
  /** Processes and threads one workload may have, where control groups can be made. Default 1024. */
  readonly maxPids?: number;
}

/** What the parts of the backend share. */
export interface ProcessBackendState {
  readonly options: ProcessBackendOptions;
  readonly workers: WorkerMains;
  readonly images: PreparedImages;
  readonly isolation: Isolation;
  /** Parent of one short-named directory per `serve` workload: the path of a unix socket has at most 107 bytes. */
  readonly socketParent: string;
  nextUid(): number;
}

/** CPU threads for a workload that asks for `cpus`: never more than the machine has. */
export function threadsFor(cpus: number | undefined): number {
  const present = availableParallelism();
  return cpus === undefined ? present : Math.max(1, Math.min(present, Math.floor(cpus)));
}
