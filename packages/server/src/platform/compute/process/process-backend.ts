import { mkdirSync, readdirSync } from "node:fs";
import { chmod, mkdir, mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type ComputeBackend, ComputeError, type MeetingPoint, type RunningWorkload } from "../compute-backend.ts";
import type { ProcessBackendOptions, ProcessBackendState } from "./backend-state.ts";
import { describeIsolation, findIsolation, type Isolation } from "./isolation.ts";
import { killKin } from "./kin.ts";
import { PreparedImages } from "./prepared-images.ts";
import { SpareWorkers } from "./spare-workers.ts";
import { startWorkload, type WorkloadState } from "./start-workload.ts";
import { installedWorkers } from "./worker-mains.ts";
import { startWorker } from "./worker.ts";

export type { ProcessBackendOptions } from "./backend-state.ts";

/** After its creation, the backend clears up what an earlier one left, at the latest. */
const sweepMs = 1000;

/** Uids for workloads, of which one is in use by one workload at a time. The range is one that distributions assign to nobody. */
const uids = { first: 62_000, count: 2_000 };

/**
 * Runs each workload as a child process of this server, with what isolation the machine allows. Workloads die with the server;
 * what one left is removed when the next starts.
 */
export function processBackend(options: ProcessBackendOptions): ComputeBackend {
  mkdirSync(options.directory, { recursive: true, mode: 0o700 });
  const leftovers = readdirSync(options.directory);
  const running = new Map<string, RunningWorkload>();
  let prepared: Promise<WorkloadState> | undefined;
  let closed = false;
  const prepareOnce = (): Promise<WorkloadState> =>
    (prepared ??= prepare(options, leftovers).catch((error: unknown) => {
      prepared = undefined;
      throw error;
    }));
  // Not before the server is ready, but also when it never gets a workload: an earlier server may have left processes.
  const timer = options.clock.schedule(sweepMs, () => void prepareOnce().catch(() => undefined));

  return {
    name: "process",
    get isolation() {
      return describeIsolation(isolationOf(options));
    },

    async start(workload) {
      const state = await prepareOnce();
      if (closed) {
        throw new ComputeError("the server is stopping");
      }
      const started = await startWorkload(state, workload, (early) => running.set(workload.id, early));
      void started.exit.then(() => running.delete(workload.id));
      return started;
    },

    reserveMeetingPoint: freeLoopbackPort,

    async close() {
      closed = true;
      timer.cancel();
      await Promise.all([...running.values()].map((workload) => endWorkload(workload)));
      if (prepared !== undefined) {
        const { socketParent, isolation, spares } = await prepared;
        await spares?.close();
        await rm(socketParent, { recursive: true, force: true });
        await isolation.cgroups?.remove();
      }
    },
  };
}

async function endWorkload(workload: RunningWorkload): Promise<void> {
  await workload.stop(0);
  await workload.remove();
}

async function prepare(options: ProcessBackendOptions, leftovers: readonly string[]): Promise<WorkloadState> {
  const isolation = isolationOf(options);
  await (isolation.cgroups === undefined ? killKin(`${options.directory}:`) : isolation.cgroups.sweep());
  await Promise.all(
    leftovers.map((name) => rm(join(options.directory, name), { recursive: true, force: true, maxRetries: 3 })),
  );
  await mkdir(options.directory, { recursive: true, mode: 0o700 });
  const socketParent = await mkdtemp(join(tmpdir(), "clary-"));
  // Workloads under other uids pass through it, each to a directory that only it may enter.
  await chmod(socketParent, 0o711);
  const workers = options.workers ?? installedWorkers();
  let next = 0;
  const state: ProcessBackendState = {
    options,
    workers,
    images: new PreparedImages(workers.prepare, options.environment),
    isolation,
    socketParent,
    nextUid: () => uids.first + (next++ % uids.count),
  };
  return { ...state, spares: options.keepSpares === true ? spareWorkers(state) : undefined };
}

function spareWorkers(state: ProcessBackendState): SpareWorkers {
  let count = 0;
  return new SpareWorkers((kind) => startWorker(state, kind, `spare-${++count}`), state.options.clock);
}

const isolations = new WeakMap<ProcessBackendOptions, Isolation>();

function isolationOf(options: ProcessBackendOptions): Isolation {
  const known = isolations.get(options);
  if (known !== undefined) {
    return known;
  }
  const found = findIsolation({
    searchPath: options.environment["PATH"] ?? "",
    directory: options.directory,
    readablePaths: (options.workers ?? installedWorkers()).readablePaths,
    use: { cgroup: true, mount: "best", ownUid: true, ...options.isolation },
  });
  isolations.set(options, found);
  return found;
}

/** All workloads of this backend share the machine's loopback interface. The port was free a moment ago; nothing holds it. */
function freeLoopbackPort(): Promise<MeetingPoint> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      const port = typeof address === "object" && address !== null ? address.port : 0;
      server.close(() => resolve({ address: "127.0.0.1", port }));
    });
  });
}
