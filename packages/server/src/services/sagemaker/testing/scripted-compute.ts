import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import type {
  ComputeBackend,
  LeftFile,
  RunningWorkload,
  Workload,
  WorkloadExit,
} from "../../../platform/compute/compute-backend.ts";

/** A container of the test's process. */
export interface ScriptedContainer {
  readonly workload: Workload;
  /** What is below `/opt/ml`, by path: what it was given, then also what it left. */
  readonly files: Map<string, Buffer>;
  /** Aborts on SIGTERM. */
  readonly asked: AbortSignal;
  readonly print: (line: string) => void;
  /** All bytes of an epoch of a pipe. */
  readonly readPipe: (channel: string, epoch: number) => Promise<Buffer>;
}

/** What a container does; it exits with what this returns, 0 for nothing. Throwing is exit code 1. */
export type ContainerScript = (container: ScriptedContainer) => Promise<number | Partial<WorkloadExit> | void>;

/** Runs workloads as functions, for tests of what starts them. SIGKILL abandons the function. */
export class ScriptedCompute implements ComputeBackend {
  readonly name = "scripted";
  readonly isolation: readonly string[] = [];
  script: ContainerScript = async () => 0;
  /** Every container ever started. */
  readonly containers: ScriptedContainer[] = [];
  readonly #running = new Set<RunningWorkload>();

  async start(workload: Workload): Promise<RunningWorkload> {
    const files = new Map<string, Buffer>();
    for (const { path, content } of workload.files) {
      files.set(path, typeof content === "function" ? await buffer(await content()) : Buffer.from(content));
    }
    let left: ReadonlyMap<string, Buffer> = files;
    const [asked, killed] = [new AbortController(), new AbortController()];
    const container: ScriptedContainer = {
      workload,
      files,
      asked: asked.signal,
      print: (line) => void workload.onLine(line),
      readPipe: async (channel, epoch) => {
        const pipe = workload.pipes.find((candidate) => candidate.channel === channel);
        return pipe === undefined ? Buffer.alloc(0) : await buffer(await pipe.open(epoch));
      },
    };
    this.containers.push(container);
    const exit = Promise.race([runScript(this.script, container), whenKilled(killed.signal)]);
    const running: RunningWorkload = {
      id: workload.id,
      exit,
      async stop(graceMs) {
        (graceMs === 0 ? killed : asked).abort();
        return await exit;
      },
      files: (directory) => leftIn(left, `${directory}/`),
      remove: async () => {
        left = new Map();
      },
    };
    this.#running.add(running);
    void exit.then(() => this.#running.delete(running));
    return running;
  }

  async reserveMeetingPoint(): Promise<{ readonly address: string; readonly port: number }> {
    return { address: "127.0.0.1", port: 9099 };
  }

  async close(): Promise<void> {
    await Promise.all([...this.#running].map((running) => running.stop(0)));
  }
}

async function runScript(script: ContainerScript, container: ScriptedContainer): Promise<WorkloadExit> {
  try {
    const result = (await script(container)) ?? 0;
    const facts = typeof result === "number" ? { code: result } : result;
    return { code: 0, signal: null, outOfMemory: false, ...facts };
  } catch (error) {
    container.print(String(error));
    return { code: 1, signal: null, outOfMemory: false };
  }
}

function whenKilled(signal: AbortSignal): Promise<WorkloadExit> {
  return new Promise((resolve) => {
    signal.addEventListener("abort", () => resolve({ code: null, signal: "SIGKILL", outOfMemory: false }));
  });
}

async function* leftIn(files: ReadonlyMap<string, Buffer>, prefix: string): AsyncIterable<LeftFile> {
  for (const [path, content] of [...files].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    if (path.startsWith(prefix)) {
      yield {
        path: path.slice(prefix.length),
        size: content.length,
        mode: 0o644,
        modifiedAt: new Date(0),
        open: () => Readable.from([content]),
      };
    }
  }
}
