import type { RecordKey } from "../records/record-store.ts";

/** What the supervisor keeps in the record of a job: which attempt owns it. A record is created with `attempt: 0`. */
export interface SupervisedJob {
  readonly attempt: number;
}

/** The `reason` of `JobAttempt.stop` when the server stops: the job is not to end, its next attempt begins with the next start. */
export const serverClosing = "server closing";

/** A newer attempt owns the record, the record is gone, or the server stops: this attempt may write no more. */
export class StaleAttemptError extends Error {
  override readonly name = "StaleAttemptError";
}

/** One attempt of a job, as its kind's `run` sees it. Only the current attempt may write. */
export interface JobAttempt<Body> {
  readonly key: RecordKey;
  /** From 1; grows each time a server picks the job up again after a restart. */
  readonly attempt: number;
  /** The record as it was when the attempt began. */
  readonly body: Body;
  /**
   * Aborts when somebody asked the job to stop; `reason` is what `requestStop` was given, or `serverClosing`. The run must then
   * end soon. It is aborted from the beginning when the request came while the job waited for its turn.
   */
  readonly stop: AbortSignal;
  /**
   * Reads, changes and writes the record (compare-and-set, retried). Throws `StaleAttemptError` when a newer attempt owns it
   * or it is gone; a run lets that error pass. A run that writes its terminal status here has ended its job.
   */
  update(change: (body: Body) => Body): Promise<Body>;
}

/**
 * What the supervisor must know about a kind of job. The record's body holds its lifecycle; `statusOf` projects it,
 * and `isTerminal` says which statuses end it.
 */
export interface JobKind<Body extends SupervisedJob> {
  /** Also the record collection: `sagemaker.training-job`. */
  readonly collection: string;
  statusOf(body: Body): string;
  isTerminal(status: string): boolean;
  /** Declared transitions: from status → statuses it may go to. Anything else is a bug and is refused. */
  readonly transitions: Readonly<Record<string, readonly string[]>>;
  /** Runs the job and returns its body in a terminal status. Throwing means the platform failed; `onCrash` then decides. */
  run(attempt: JobAttempt<Body>): Promise<Body>;
  /** The terminal body for a run that threw. */
  onCrash(body: Body, error: unknown): Body;
}

/** Moves jobs from their creation to exactly one terminal status. Passes `job-supervisor.contract.ts`. */
export interface JobSupervisor {
  register<Body extends SupervisedJob>(kind: JobKind<Body>): void;
  /** Starts the job of a record that was just created. Returns at once. */
  submit(key: RecordKey): void;
  /** Asks the running or waiting attempt to stop; no-op when there is none. The status change to `Stopping` is the caller's. */
  requestStop(key: RecordKey, reason: string): void;
  /** Resolves when the job is terminal, its record is gone, or `signal` aborts. For tests and the held first Describe. */
  settled(key: RecordKey, signal: AbortSignal): Promise<void>;
  /** Picks up every job that an earlier server left unfinished, each as a new attempt. */
  resume(): Promise<void>;
  /** Stops all running attempts without ending their jobs, so that the next start resumes them. */
  close(): Promise<void>;
}
