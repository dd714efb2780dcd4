/** The only source of time in the server; tests and `--ephemeral` servers move it. */
export interface Clock {
  now(): Date;
  /** Calls back once, `delayMs` of this clock's time from now. Never keeps the process alive by itself. */
  schedule(delayMs: number, callback: () => void): Timer;
}

export interface Timer {
  cancel(): void;
}
