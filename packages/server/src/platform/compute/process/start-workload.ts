import { ComputeError, type RunningWorkload, type Workload } from "../compute-backend.ts";
import { type ProcessBackendState, threadsFor } from "./backend-state.ts";
import { leftFiles } from "./left-files.ts";
import { feedPipe } from "./pipe-feeder.ts";
import type { SpareWorkers } from "./spare-workers.ts";
import { startWorker, type Worker } from "./worker.ts";
import { writeWorkloadFiles } from "./workload-root.ts";

/** With spares where the backend keeps them. */
export interface WorkloadState extends ProcessBackendState {
  readonly spares: SpareWorkers | undefined;
}

/**
 * Starts a workload in a spare worker, or in one that starts while the files are written. `onStarted` is called before any file
 * is written.
 */
export async function startWorkload(
  state: WorkloadState,
  workload: Workload,
  onStarted: (running: RunningWorkload) => void,
): Promise<RunningWorkload> {
  const kind = { command: workload.command, image: await state.images.get(workload.image) };
  const worker = (await state.spares?.take(kind)) ?? (await startWorker(state, kind, workload.id));
  worker.takeOutput(workload.onLine);
  const running = runningWorkload(state, workload, worker, () => state.spares?.provide(kind));
  onStarted(running);
  try {
    const endedEarly = worker.process.exit.then((exit) => {
      throw new ComputeError(
        `the workload's process ended before it began (${exit.signal ?? `exit code ${exit.code}`})`,
      );
    });
    await Promise.race([provide(state, workload, worker), endedEarly]);
    return running;
  } catch (error) {
    worker.process.kill();
    await worker.process.exit;
    await running.remove();
    throw error;
  }
}

/** Brings in what the workload needs and tells it to begin. */
async function provide(state: ProcessBackendState, workload: Workload, worker: Worker): Promise<void> {
  const { root, process } = worker;
  await limit(state, workload, worker);
  await writeWorkloadFiles(root, workload.files);
  const ended = new AbortController();
  void process.exit.then(() => ended.abort());
  const feeders = workload.pipes.map((pipe) => feedPipe(root, pipe, state.options.clock, ended.signal));
  for (const feeder of feeders) {
    feeder.done.catch(async (error: unknown) => {
      await workload.onLine(`Reading a channel failed: ${String(error)}`);
      process.kill();
    });
  }
  await Promise.all(feeders.map((feeder) => feeder.ready));
  process.launch({
    algorithm: workload.image.algorithm,
    imageVersion: workload.image.version,
    threads: threadsFor(workload.cpus),
    environment: workload.environment,
    ...(workload.command === "serve" ? { socketPath: worker.socketPath } : {}),
    ...(workload.meetingPoint === undefined ? {} : { meetingPoint: workload.meetingPoint }),
  });
}

async function limit({ options }: ProcessBackendState, workload: Workload, { cgroup }: Worker): Promise<void> {
  try {
    await cgroup?.limit({
      pids: options.maxPids ?? 1024,
      ...(workload.cpus === undefined ? {} : { cpus: workload.cpus }),
      ...(workload.memoryBytes === undefined ? {} : { memoryBytes: workload.memoryBytes }),
    });
  } catch (error) {
    throw new ComputeError(`cannot limit what the workload may use: ${String(error)}`, { cause: error });
  }
}

function runningWorkload(
  { options }: ProcessBackendState,
  workload: Workload,
  worker: Worker,
  onRemoved: () => void,
): RunningWorkload {
  const { root, socketPath, process } = worker;
  return {
    id: workload.id,
    exit: process.exit,
    ...(workload.command === "serve" ? { upstream: { origin: "http://localhost", socketPath } } : {}),
    async stop(graceMs) {
      if (graceMs > 0) {
        process.terminate();
        const timer = options.clock.schedule(graceMs, () => process.kill());
        void process.exit.then(() => timer.cancel());
      } else {
        process.kill();
      }
      return await process.exit;
    },
    files: (directory) => leftFiles(root.path, directory),
    async remove() {
      await worker.remove();
      onRemoved();
    },
  };
}
