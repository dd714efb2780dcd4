/** Tells the processes of one training who they are and where the others listen. */
export interface RunningTracker {
  /** What every process gives its communicator, besides its own task id. */
  readonly workerArguments: Readonly<Record<string, string | number>>;
  close(): Promise<void>;
}
