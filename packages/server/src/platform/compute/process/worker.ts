import { chown, mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { ComputeError, type Workload } from "../compute-backend.ts";
import type { ProcessBackendState } from "./backend-state.ts";
import type { Cgroup } from "./cgroup.ts";
import { isOpenToAll, isReadableByAll } from "./host-tools.ts";
import type { Isolation } from "./isolation.ts";
import { kinVariable } from "./kin.ts";
import { launchCommand } from "./launch-command.ts";
import type { PreparedImage } from "./prepared-images.ts";
import { type ProcessHandle, startProcess } from "./process-handle.ts";
import { makeWorkloadRoot, type WorkloadRoot } from "./workload-root.ts";

/** What a worker is started for. */
export interface WorkerKind {
  readonly command: Workload["command"];
  readonly image: PreparedImage;
}

/** A process that waits for its launch message, in a place of its own that nobody has used before. */
export interface Worker {
  readonly root: WorkloadRoot;
  /** Where a `serve` worker is to listen. */
  readonly socketPath: string;
  readonly cgroup: Cgroup | undefined;
  readonly process: ProcessHandle;
  /** Hands its output on from now on; it has none before its launch. */
  takeOutput(onLine: Workload["onLine"]): void;
  /** Deletes its place. Call after the exit. */
  remove(): Promise<void>;
}

/** Directories and the control group of one worker, made before its process. */
interface Place {
  readonly name: string;
  readonly root: WorkloadRoot;
  readonly socketDirectory: string;
  readonly cgroup: Cgroup | undefined;
}

/**
 * Starts a worker and does not wait for it: loading Node and the algorithms takes about as long as bringing in a small data set.
 * @param name Unique for ever: it names directories and the control group.
 * @throws ComputeError when its place cannot be made
 */
export async function startWorker(state: ProcessBackendState, kind: WorkerKind, name: string): Promise<Worker> {
  const place = await makePlace(state, kind.image, name);
  let takeLine: Workload["onLine"] = () => undefined;
  return {
    root: place.root,
    socketPath: join(place.socketDirectory, "http.sock"),
    cgroup: place.cgroup,
    process: startIn(state, kind, place, (line) => takeLine(line)),
    takeOutput: (onLine) => void (takeLine = onLine),
    async remove() {
      await rm(place.root.path, { recursive: true, force: true, maxRetries: 3 });
      await rm(place.socketDirectory, { recursive: true, force: true });
    },
  };
}

async function makePlace(state: ProcessBackendState, image: PreparedImage, name: string): Promise<Place> {
  const owner = canOwnUid(state.isolation, image) ? state.nextUid() : undefined;
  const root = { path: join(state.options.directory, name), owner };
  const socketDirectory = join(state.socketParent, name);
  try {
    const cgroup = await state.isolation.cgroups?.create(name);
    await makeWorkloadRoot(root);
    await mkdir(socketDirectory, { mode: 0o700 });
    if (owner !== undefined) {
      await chown(socketDirectory, owner, owner);
    }
    return { name, root, socketDirectory, cgroup };
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

function startIn(
  { isolation, options, workers }: ProcessBackendState,
  { command, image }: WorkerKind,
  place: Place,
  onLine: Workload["onLine"],
): ProcessHandle {
  const mark = `${options.directory}:${place.name}`;
  return startProcess({
    command: launchCommand(isolation, {
      main: workers[command],
      root: place.root.path,
      socketDirectory: place.socketDirectory,
      uid: place.root.owner,
      procsFiles: place.cgroup?.procsFiles ?? [],
      readablePaths: [...workers.readablePaths, ...image.readablePaths],
    }),
    cwd: place.root.path,
    environment: {
      ...passedOn(options.environment),
      ...image.environment,
      [kinVariable]: mark,
      // libgomp reads it when it is loaded; spinning threads of several jobs slow each other down manyfold.
      OMP_WAIT_POLICY: "PASSIVE",
      ...(isolation.mount === undefined ? { CLARY_ML_ROOT: place.root.path } : {}),
    },
    cgroup: place.cgroup,
    mark,
    tellsPid: isolation.mount?.type === "bubblewrap",
    onLine,
    clock: options.clock,
  });
}
