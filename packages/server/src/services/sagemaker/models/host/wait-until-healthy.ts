import type { Clock } from "../../../../platform/clock/clock.ts";
import type { WorkloadExit } from "../../../../platform/compute/compute-backend.ts";
import { HostStartError } from "./host-start-error.ts";
import type { HostRequest, HostResponse } from "./host-exchange.ts";
import { pause } from "./pause.ts";

const pingTimeoutMs = 2000;
const firstPauseMs = 2;
const longestPauseMs = 25;

/** What is asked of a host that is coming up. */
interface StartingHost {
  readonly exit: Promise<WorkloadExit>;
  request(request: HostRequest): Promise<HostResponse>;
  lastLines(): string;
}

interface HealthLimits {
  readonly healthTimeoutMs: number;
  readonly signal: AbortSignal;
}

/**
 * Pings a host until it answers 200: every few milliseconds at first, so that a quick model is in service at once.
 * @throws HostStartError when it exits, or is not healthy within `healthTimeoutMs`; or the signal's reason.
 */
export async function waitUntilHealthy(host: StartingHost, limits: HealthLimits, clock: Clock): Promise<void> {
  const over = new AbortController();
  const giveUp = clock.schedule(limits.healthTimeoutMs, () =>
    over.abort(new HostStartError("unhealthy", `no healthy answer to /ping. ${host.lastLines()}`)),
  );
  void host.exit.then(({ code, signal }) =>
    over.abort(
      new HostStartError("exited", `the container ended with ${signal ?? `exit code ${code}`}. ${host.lastLines()}`),
    ),
  );
  const signal = AbortSignal.any([over.signal, limits.signal]);
  try {
    let pauseMs = firstPauseMs;
    while (!(await isHealthy(host, signal))) {
      await pause(clock, pauseMs, signal);
      pauseMs = Math.min(pauseMs * 2, longestPauseMs);
    }
  } finally {
    giveUp.cancel();
  }
}

async function isHealthy(host: StartingHost, signal: AbortSignal): Promise<boolean> {
  signal.throwIfAborted();
  try {
    const { status } = await host.request({
      method: "GET",
      path: "/ping",
      headers: {},
      timeoutMs: pingTimeoutMs,
      maxResponseBytes: 64 * 1024,
      signal,
    });
    return status === 200;
  } catch {
    // A host that does not listen yet is not healthy yet; whether to go on is decided by the signal.
    signal.throwIfAborted();
    return false;
  }
}
