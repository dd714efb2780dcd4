import type { Pool } from "undici";
import type { Clock } from "../../../../platform/clock/clock.ts";
import {
  ComputeError,
  type ComputeBackend,
  type RunningWorkload,
  type Workload,
  type WorkloadExit,
  type WorkloadFile,
} from "../../../../platform/compute/compute-backend.ts";
import type { ResolvedImage } from "../../../../platform/images/image-catalog.ts";
import { exchange, type HostRequest, type HostResponse } from "./host-exchange.ts";
import { HostStartError } from "./host-start-error.ts";
import { LastLines } from "../../jobs/last-lines.ts";
import { waitUntilHealthy } from "./wait-until-healthy.ts";

export interface ModelHostSpec {
  /** Unique for ever. */
  readonly id: string;
  readonly image: ResolvedImage;
  readonly environment: Readonly<Record<string, string>>;
  readonly files: readonly WorkloadFile[];
  /** How long `/ping` may take to answer 200 for the first time. */
  readonly healthTimeoutMs: number;
  /** Output is not read on until a returned promise resolves. */
  readonly onLine: (line: string) => void | Promise<void>;
  /** Of the instance that it stands for; without it the container may use the whole machine. */
  readonly size?: Pick<Workload, "cpus" | "memoryBytes">;
  /** Aborts a start that nobody waits for any more. */
  readonly signal: AbortSignal;
}

/** A container that serves a model, from its first healthy ping on. */
export interface ModelHost {
  readonly id: string;
  /** Never rejects. */
  readonly exit: Promise<WorkloadExit>;
  request(request: HostRequest): Promise<HostResponse>;
  /** What it wrote last, for error messages. */
  lastLines(): string;
  /** SIGTERM, SIGKILL after `graceMs`, and its files deleted. May be called more than once. */
  stop(graceMs: number): Promise<void>;
}

export interface ModelHostDeps {
  readonly compute: ComputeBackend;
  readonly clock: Clock;
}

/** Connections that one host gets; more requests wait their turn. */
const connections = 64;

/**
 * Starts a container with `serve` and waits until it answers pings.
 * @throws HostStartError when it does not get that far, the container stopped and removed; or the signal's reason.
 */
export async function startModelHost(spec: ModelHostSpec, deps: ModelHostDeps): Promise<ModelHost> {
  const lines = new LastLines();
  // undici is loaded while the first host starts: it is a fifth of what the server would load before it listens.
  const [{ Pool }, workload] = await Promise.all([import("undici"), startWorkload(spec, lines, deps.compute)]);
  const host = hostOf(workload, Pool, lines, deps.clock);
  try {
    await waitUntilHealthy(host, spec, deps.clock);
    return host;
  } catch (error) {
    await host.stop(0);
    throw error;
  }
}

async function startWorkload(spec: ModelHostSpec, lines: LastLines, compute: ComputeBackend): Promise<RunningWorkload> {
  const workload: Workload = {
    id: spec.id,
    image: spec.image,
    command: "serve",
    environment: spec.environment,
    files: spec.files,
    pipes: [],
    ...spec.size,
    onLine(line) {
      lines.add(line);
      return spec.onLine(line);
    },
  };
  try {
    return await compute.start(workload);
  } catch (error) {
    throw error instanceof ComputeError ? new HostStartError("not-started", error.message, { cause: error }) : error;
  }
}

function hostOf(workload: RunningWorkload, HostPool: typeof Pool, lines: LastLines, clock: Clock): ModelHost {
  const { upstream } = workload;
  if (upstream === undefined) {
    throw new Error(`workload ${workload.id} serves nothing`);
  }
  const pool = new HostPool(upstream.origin, {
    connections,
    ...(upstream.socketPath === undefined ? {} : { socketPath: upstream.socketPath }),
  });
  let stopped: Promise<void> | undefined;
  const stop = async (graceMs: number): Promise<void> => {
    await workload.stop(graceMs);
    await pool.destroy();
    await workload.remove();
  };
  return {
    id: workload.id,
    exit: workload.exit,
    request: (request) => exchange(pool, request, clock),
    lastLines: () => lines.text(),
    stop: (graceMs) => (stopped ??= stop(graceMs)),
  };
}
