import type { Readable } from "node:stream";

/** What a worker is told by the process that started it. */
export interface Launch {
  /** Folder of the algorithm in `@clary/algorithms`. */
  readonly algorithm: string;
  /** Version that the image's tag asks for. */
  readonly imageVersion: string;
  /** CPU threads the workload may use; at least 1. */
  readonly threads: number;
  /** `serve`: the unix socket to listen on. */
  readonly socketPath?: string;
  /** `train` on several hosts: where the first one listens for the others. */
  readonly meetingPoint?: { readonly address: string; readonly port: number };
  /** The workload's environment; it comes here instead of the process's own so that it cannot steer the loader or Node. */
  readonly environment: Readonly<Record<string, string>>;
}

/** Longest launch message: AWS allows 100 variables of about 1 KiB each. */
const maxLaunchBytes = 1 << 20;

/**
 * Reads one line of JSON from the control pipe, then keeps watching it. The starter writes that line when the workload's files
 * are in place and holds the pipe open as long as it lives: `onOrphaned` is called when it closes, with no launch when it never came.
 */
export function receiveLaunch(pipe: Readable, onOrphaned: () => void): Promise<Launch> {
  return new Promise((resolve, reject) => {
    let received = "";
    let launched = false;
    pipe.setEncoding("utf8");
    pipe.on("data", (text: string) => {
      if (launched) {
        return;
      }
      received += text;
      const end = received.indexOf("\n");
      if (end >= 0) {
        launched = true;
        resolve(JSON.parse(received.slice(0, end)) as Launch);
      } else if (received.length > maxLaunchBytes) {
        reject(new Error(`the launch message is longer than ${maxLaunchBytes} bytes`));
      }
    });
    pipe.on("error", onOrphaned);
    pipe.on("end", onOrphaned);
  });
}
