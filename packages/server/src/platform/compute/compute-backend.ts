import type { Readable } from "node:stream";
import type { ResolvedImage } from "../images/image-catalog.ts";

/** A file below `/opt/ml`, written before the workload starts. */
export interface WorkloadFile {
  /** Relative to `/opt/ml`, `/`-separated, never escaping it: `input/data/train/train.csv`. */
  readonly path: string;
  readonly content: Uint8Array | (() => Promise<Readable>);
}

/** A FIFO below `/opt/ml/input/data`: each epoch's stream is fed to `<channel>_<epoch>` once the one before was closed. */
export interface WorkloadPipe {
  readonly channel: string;
  readonly open: (epoch: number) => Promise<Readable>;
}

/** What a backend runs. It says nothing about where: no local path, no shared file system. */
export interface Workload {
  /** Unique for ever, also across attempts: it names directories, cgroups and log lines. */
  readonly id: string;
  readonly image: ResolvedImage;
  readonly command: "train" | "serve";
  readonly environment: Readonly<Record<string, string>>;
  readonly files: readonly WorkloadFile[];
  readonly pipes: readonly WorkloadPipe[];
  /** `train` on several hosts: what `ComputeBackend.reserveMeetingPoint` gave for the job. */
  readonly meetingPoint?: MeetingPoint;
  readonly cpus?: number;
  readonly memoryBytes?: number;
  /** Lines of stdout and stderr, in order, without their line end. Output is not read on until a returned promise resolves. */
  readonly onLine: (line: string) => void | Promise<void>;
}

/** An address that all workloads of one job reach, where the first host listens for the others. */
export interface MeetingPoint {
  readonly address: string;
  readonly port: number;
}

export interface WorkloadExit {
  readonly code: number | null;
  readonly signal: string | null;
  /** The kernel killed it for memory. */
  readonly outOfMemory: boolean;
}

/** A file that a workload left below `/opt/ml`. */
export interface LeftFile {
  /** Relative to the directory that was asked for. */
  readonly path: string;
  readonly size: number;
  readonly mode: number;
  readonly modifiedAt: Date;
  open(): Readable;
}

export interface RunningWorkload {
  readonly id: string;
  /** Never rejects. */
  readonly exit: Promise<WorkloadExit>;
  /** Where a `serve` workload listens for HTTP (undici `Pool` options), present for `serve`. */
  readonly upstream?: { readonly origin: string; readonly socketPath?: string };
  /** SIGTERM, then SIGKILL after `graceMs`. Resolves with the exit. */
  stop(graceMs: number): Promise<WorkloadExit>;
  /** Files below `/opt/ml/<directory>`, sorted by path; empty when it does not exist. Symbolic links are not followed out of `/opt/ml`. */
  files(directory: string): AsyncIterable<LeftFile>;
  /** Deletes what the workload left. Call once, after the exit. */
  remove(): Promise<void>;
}

/** Thrown by `start` when the workload could not be started; `message` is for the FailureReason. */
export class ComputeError extends Error {
  override readonly name = "ComputeError";
}

/** Starts workloads and reports their exit. Implementations pass `compute-backend.contract.ts`. */
export interface ComputeBackend {
  readonly name: string;
  /** What isolation it got, in words for `clary doctor` and the log: `cgroup v1`, `uid 65534`, `bubblewrap`. */
  readonly isolation: readonly string[];
  start(workload: Workload): Promise<RunningWorkload>;
  /** For jobs on several hosts, before the first of them starts. `firstHost` is the id of the workload that will listen. */
  reserveMeetingPoint(firstHost: string): Promise<MeetingPoint>;
  /** Kills everything that still runs and removes it. */
  close(): Promise<void>;
}
