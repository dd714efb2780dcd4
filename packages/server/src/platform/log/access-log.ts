import type { Logger } from "pino";

/** What is kept of one request: never a body, a header, a query string (presigned addresses are keys) or a secret. */
export interface AccessLogEntry {
  readonly requestId: string;
  readonly service: string | undefined;
  readonly operation: string | undefined;
  /** HTTP status; 499 when the client went away before it was answered. */
  readonly status: number;
  /** The error's code, of requests that failed. */
  readonly error?: string | undefined;
  readonly durationMs: number;
  readonly requestBytes: number | undefined;
  readonly responseBytes: number | undefined;
  /** ARN of the caller; empty for anonymous ones, undefined when nobody was authenticated. */
  readonly caller: string | undefined;
}

export interface AccessLog {
  write(entry: AccessLogEntry): void;
}

/** One line per request at level `info`. */
export function createAccessLog(log: Logger): AccessLog {
  return {
    write(entry) {
      log.info(entry, "request");
    },
  };
}
