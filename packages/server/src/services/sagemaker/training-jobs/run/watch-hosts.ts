import { text } from "node:stream/consumers";
import type { RunningWorkload, WorkloadExit } from "../../../../platform/compute/compute-backend.ts";
import { failureReason } from "./failure-reason.ts";
import type { HostRun } from "./host-run.ts";
import { maxFailureReason, JobFailure } from "../../jobs/job-failure.ts";

/** What AWS gives a container between SIGTERM and SIGKILL. */
const graceMs = 120_000;

/**
 * Waits until all hosts have exited with 0. As soon as one has not, the others are stopped and the run has failed.
 * @throws JobFailure quoting the host that failed, or the reason of `halted`
 */
export async function watchHosts(hosts: readonly HostRun[], halted: AbortSignal): Promise<void> {
  const exits = hosts.map(async (run) => {
    const exit = await run.workload.exit;
    if (exit.code !== 0) {
      throw new FailedHost(run, exit);
    }
  });
  try {
    await Promise.race([Promise.all(exits), aborted(halted)]);
  } catch (error) {
    if (!(error instanceof FailedHost)) {
      throw error;
    }
    await Promise.all(hosts.map(({ workload }) => workload.stop(0)));
    throw new JobFailure(await reasonOf(error));
  }
}

/** Asks all hosts to end, as `docker stop -t 120` would. What they left can be read afterwards. */
export async function stopHosts(hosts: readonly HostRun[]): Promise<void> {
  await Promise.all(hosts.map(({ workload }) => workload.stop(graceMs)));
}

class FailedHost extends Error {
  readonly run: HostRun;
  readonly exit: WorkloadExit;

  constructor(run: HostRun, exit: WorkloadExit) {
    super(`${run.host.name} failed`);
    this.run = run;
    this.exit = exit;
  }
}

async function reasonOf({ run, exit }: FailedHost): Promise<string> {
  return failureReason({ exit, failureFile: await failureFile(run.workload), lastLines: run.lines.text() });
}

/** The first 1024 characters of `output/failure`; a file that is far larger is not read. */
async function failureFile(workload: RunningWorkload): Promise<string> {
  for await (const file of workload.files("output")) {
    if (file.path === "failure" && file.size <= 1024 * 1024) {
      return (await text(file.open())).slice(0, maxFailureReason);
    }
  }
  return "";
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const abort = (): void => reject(signal.reason as Error);
    if (signal.aborted) {
      abort();
    }
    signal.addEventListener("abort", abort, { once: true });
  });
}
