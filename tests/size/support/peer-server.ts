import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

export const peerScript: string = fileURLToPath(new URL("./peer.py", import.meta.url));

export interface PeerServer {
  readonly pid: number;
  readonly url: string;
  stop(): void;
}

/** The model behind gunicorn and Flask, with two workers for two cores, as in the benchmark of invocations. */
export function startPeerServer(python: string, model: string): Promise<PeerServer> {
  const application = `peer:serve(${JSON.stringify(model)})`;
  const words = ["-m", "gunicorn", "--workers", "2", "--timeout", "120", "--bind", "127.0.0.1:0", application];
  const child = spawn(python, words, {
    stdio: ["ignore", "ignore", "pipe"],
    cwd: fileURLToPath(new URL(".", import.meta.url)),
  });
  return new Promise((resolve, reject) => {
    child.once("exit", () => reject(new Error("gunicorn ended before it listened")));
    createInterface(child.stderr).on("line", (line) => {
      const [, origin] = /Listening at: (http:\/\/[\d.:]+)/.exec(line) ?? [];
      if (origin !== undefined) {
        resolve({ pid: child.pid ?? 0, url: `${origin}/invocations`, stop: () => void child.kill() });
      }
    });
  });
}
