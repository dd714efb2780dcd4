import { writeSync } from "node:fs";

const standardOutput = 1;

/**
 * Writes one line of the container's output and returns when the pipe has taken it. Node's own stream keeps what a slow reader
 * has not taken: memory without a bound, and lost at `process.exit` (seen: the last 9,800 of 20,000 lines of a job).
 */
export function printLine(line: string): void {
  const bytes = Buffer.from(`${line}\n`);
  for (let written = 0; written < bytes.length;) {
    written += writeSome(bytes.subarray(written));
  }
}

function writeSome(bytes: Buffer): number {
  try {
    return writeSync(standardOutput, bytes);
  } catch (error) {
    switch (error instanceof Error && "code" in error ? error.code : undefined) {
      case "EAGAIN":
        // Somebody made the pipe non-blocking: let its reader catch up.
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
        return 0;
      case "EPIPE":
        // The server is gone, and this process with it in a moment.
        return bytes.length;
      default:
        throw error;
    }
  }
}
