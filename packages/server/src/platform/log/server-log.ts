import { pino, type DestinationStream, type Logger } from "pino";
import type { Clock } from "../clock/clock.ts";

export type LogLevel = "debug" | "info" | "warn" | "error" | "silent";

export interface ServerLogOptions {
  readonly level: LogLevel;
  /** Takes whole lines of JSON. */
  readonly destination: DestinationStream;
  readonly clock: Clock;
}

/** The server's own log: one JSON object a line, `time` in ISO 8601 by the server's clock. */
export function createServerLog({ level, destination, clock }: ServerLogOptions): Logger {
  return pino(
    {
      level,
      base: null,
      timestamp: () => `,"time":"${clock.now().toISOString()}"`,
      formatters: { level: (label) => ({ level: label }) },
    },
    destination,
  );
}
