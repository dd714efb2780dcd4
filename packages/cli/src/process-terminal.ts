import type { Terminal } from "./command.ts";

/** The terminal of this process. Colours are off where `NO_COLOR` is set or output goes elsewhere. */
export function processTerminal(): Terminal {
  // Whoever read our output has had enough of it (`clary env | head -1`); the work itself goes on.
  process.stdout.on("error", ignoreClosedPipe);
  return {
    environment: process.env,
    out: (text) => process.stdout.write(text),
    error: (text) => process.stderr.write(text),
    interactive: process.stdout.isTTY === true && !process.env["NO_COLOR"] && process.env["TERM"] !== "dumb",
    columns: process.stdout.columns ?? 80,
  };
}

function ignoreClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== "EPIPE") {
    throw error;
  }
}
