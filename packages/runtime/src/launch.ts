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

/** What else the control pipe tells. */
export interface LaunchEvents {
  /** The pipe closed, so whoever started this process is gone; it may happen before any launch. */
  readonly onOrphaned: () => void;
  /** The workload is asked to stop. */
  readonly onStop: () => void;
}

/** The line after the launch message that asks the workload to stop. */
const stopLine = '"stop"\n';

/** Longest launch message: AWS allows 100 variables of about 1 KiB each. */
const maxLaunchBytes = 1 << 20;

/**
 * Reads one line of JSON from the control pipe, then keeps watching it. The starter writes that line when the workload's files
 * are in place and holds the pipe open as long as it lives. A request to stop comes by this way too: a SIGTERM that arrives
 * before anybody listens for it is lost on the first process of a container.
 */
export function receiveLaunch(pipe: Readable, { onOrphaned, onStop }: LaunchEvents): Promise<Launch> {
  return new Promise((resolve, reject) => {
    let received = "";
    let launched = false;
    pipe.setEncoding("utf8");
    pipe.on("data", (text: string) => {
      received += text;
      const end = launched ? -1 : received.indexOf("\n");
      if (end >= 0) {
        launched = true;
        resolve(JSON.parse(received.slice(0, end)) as Launch);
        received = received.slice(end + 1);
      }
      if (launched && received === stopLine) {
        onStop();
      } else if (received.length > maxLaunchBytes) {
        reject(new Error(`the launch message is longer than ${maxLaunchBytes} bytes`));
      }
    });
    pipe.on("error", onOrphaned);
    pipe.on("end", onOrphaned);
  });
}
