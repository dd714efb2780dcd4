import { chown, mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { ComputeError, type RunningWorkload, type Workload } from "../compute-backend.ts";
import type { Cgroup } from "./cgroup.ts";
import { isOpenToAll, isReadableByAll } from "./host-tools.ts";
import type { Isolation } from "./isolation.ts";
import { kinVariable } from "./kin.ts";
import { launchCommand } from "./launch-command.ts";
import { leftFiles } from "./left-files.ts";
import { feedPipe } from "./pipe-feeder.ts";
import { type ProcessBackendState, threadsFor } from "./backend-state.ts";
import type { PreparedImage } from "./prepared-images.ts";
import { type ProcessHandle, startProcess } from "./process-handle.ts";
import { makeWorkloadRoot, type WorkloadRoot, writeWorkloadFiles } from "./workload-root.ts";

/** Directories and limits of one workload, made before its process. */
interface Place {
  readonly image: PreparedImage;
  readonly root: WorkloadRoot;
  readonly socketDirectory: string;
  readonly cgroup: Cgroup | undefined;
}

/**
 * Starts a workload. The process is started first and waits for its launch message while the files are written: loading Node and
 * the algorithms takes about as long as bringing in a small data set. `onStarted` is called before any file is written.
 */
export async function startWorkload(
  state: ProcessBackendState,
  workload: Workload,
  onStarted: (running: RunningWorkload) => void,
): Promise<RunningWorkload> {
  const place = await makePlace(state, workload, await state.images.get(workload.image));
  const process = startIn(state, workload, place);
  const running = runningWorkload(state, workload, place, process);
  onStarted(running);
  try {
    const endedEarly = process.exit.then((exit) => {
      throw new ComputeError(
        `the workload's process ended before it began (${exit.signal ?? `exit code ${exit.code}`})`,
      );
    });
    await Promise.race([provide(state, workload, place, process), endedEarly]);
    return running;
  } catch (error) {
    process.kill();
    await process.exit;
    await running.remove();
    throw error;
  }
}

async function makePlace(state: ProcessBackendState, workload: Workload, image: PreparedImage): Promise<Place> {
  const owner = canOwnUid(state.isolation, image) ? state.nextUid() : undefined;
  const root = { path: join(state.options.directory, workload.id), owner };
  const socketDirectory = join(state.socketParent, workload.id);
  try {
    const cgroup = await state.isolation.cgroups?.create(workload.id, {
      pids: state.options.maxPids ?? 1024,
      ...(workload.cpus === undefined ? {} : { cpus: workload.cpus }),
      ...(workload.memoryBytes === undefined ? {} : { memoryBytes: workload.memoryBytes }),
    });
    await makeWorkloadRoot(root);
    await mkdir(socketDirectory, { mode: 0o700 });
    if (owner !== undefined) {
      await chown(socketDirectory, owner, owner);
    }
    return { image, root, socketDirectory, cgroup };
  } catch (error) {
    throw new ComputeError(`cannot prepare a directory for the workload: ${String(error)}`, { cause: error });
  }
}

/** What the image needs must be open to every uid as well; bubblewrap binds it, so that the way to it need not be. */
function canOwnUid({ ownUid, mount }: Isolation, image: PreparedImage): boolean {
  return ownUid && image.readablePaths.every(mount?.type === "bubblewrap" ? isReadableByAll : isOpenToAll);
}

/** Of the server's environment, every workload gets these. */
const passedVariables = ["PATH", "LANG", "LC_ALL", "TZ"];

function passedOn(environment: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => passedVariables.includes(name)));
}

function startIn(state: ProcessBackendState, workload: Workload, place: Place): ProcessHandle {
  const { isolation, options, workers } = state;
  const command = launchCommand(isolation, {
    main: workers[workload.command],
    root: place.root.path,
    socketDirectory: place.socketDirectory,
    uid: place.root.owner,
    procsFiles: place.cgroup?.procsFiles ?? [],
    readablePaths: [...workers.readablePaths, ...place.image.readablePaths],
  });
  const mark = `${options.directory}:${workload.id}`;
  return startProcess({
    command,
    cwd: place.root.path,
    environment: {
      ...passedOn(options.environment),
      ...place.image.environment,
      [kinVariable]: mark,
      // libgomp reads it when it is loaded; spinning threads of several jobs slow each other down manyfold.
      OMP_WAIT_POLICY: "PASSIVE",
      ...(isolation.mount === undefined ? { CLARY_ML_ROOT: place.root.path } : {}),
    },
    cgroup: place.cgroup,
    mark,
    tellsPid: isolation.mount?.type === "bubblewrap",
    onLine: workload.onLine,
    clock: options.clock,
  });
}

/** Brings in what the workload needs and tells it to begin. */
async function provide(
  state: ProcessBackendState,
  workload: Workload,
  place: Place,
  process: ProcessHandle,
): Promise<void> {
  await writeWorkloadFiles(place.root, workload.files);
  const ended = new AbortController();
  void process.exit.then(() => ended.abort());
  const feeders = workload.pipes.map((pipe) => feedPipe(place.root, pipe, state.options.clock, ended.signal));
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
    ...(workload.command === "serve" ? { socketPath: socketPathIn(place) } : {}),
    ...(workload.meetingPoint === undefined ? {} : { meetingPoint: workload.meetingPoint }),
  });
}

function runningWorkload(
  state: ProcessBackendState,
  workload: Workload,
  place: Place,
  process: ProcessHandle,
): RunningWorkload {
  return {
    id: workload.id,
    exit: process.exit,
    ...(workload.command === "serve"
      ? { upstream: { origin: "http://localhost", socketPath: socketPathIn(place) } }
      : {}),
    async stop(graceMs) {
      if (graceMs > 0) {
        process.terminate();
        const timer = state.options.clock.schedule(graceMs, () => process.kill());
        void process.exit.then(() => timer.cancel());
      } else {
        process.kill();
      }
      return await process.exit;
    },
    files: (directory) => leftFiles(place.root.path, directory),
    async remove() {
      await rm(place.root.path, { recursive: true, force: true, maxRetries: 3 });
      await rm(place.socketDirectory, { recursive: true, force: true });
    },
  };
}

function socketPathIn(place: Place): string {
  return join(place.socketDirectory, "http.sock");
}
