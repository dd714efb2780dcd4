import { AwsError } from "@clary/wire";
import { type JobAttempt, StaleAttemptError } from "../../../../platform/jobs/job-supervisor.ts";
import { assumeRole } from "../../assume-role.ts";
import type { SageMakerDeps } from "../../deps.ts";
import { checkpointPlace, CheckpointSync, restoredCheckpoints } from "../artifacts/checkpoint-sync.ts";
import { mergedFiles } from "../artifacts/merged-files.ts";
import { assertWritable, outputLocation, storeArtifacts } from "../artifacts/store-artifacts.ts";
import { defaultMaxRuntimeSeconds } from "../check-training-job.ts";
import { channelInputs } from "../input/channel-inputs.ts";
import type { RoleAccess } from "../../jobs/role-access.ts";
import type { TrainingJobBody } from "../training-job-record.ts";
import { type Ending, end, enter, secondaryStatus, statusMessages } from "../training-job-status.ts";
import { repeatedly } from "./checkpoint-timer.ts";
import { Halt, Halted } from "../../jobs/halt.ts";
import type { HostRun } from "./host-run.ts";
import { MetricWatcher } from "./metric-watcher.ts";
import { endHost, startHosts } from "./start-hosts.ts";
import { clientError, platformError, JobFailure } from "../../jobs/job-failure.ts";
import { stopHosts, watchHosts } from "./watch-hosts.ts";

type Attempt = JobAttempt<TrainingJobBody>;

/**
 * One attempt of a training job: download, train, upload. Resolves with the job in its terminal status; errors that are nobody's
 * turn but ours pass through. When the server stops, the attempt ends without a trace and the next one begins anew.
 */
export async function runTrainingJob(attempt: Attempt, deps: SageMakerDeps): Promise<TrainingJobBody> {
  return await new TrainingRun(attempt, deps).run();
}

class TrainingRun {
  readonly #attempt: Attempt;
  readonly #deps: SageMakerDeps;
  readonly #request: TrainingJobBody["request"];
  readonly #halt: Halt;
  readonly #metrics: MetricWatcher;
  #hosts: readonly HostRun[] = [];
  #releaseCredentials: () => void = () => undefined;

  constructor(attempt: Attempt, deps: SageMakerDeps) {
    this.#attempt = attempt;
    this.#deps = deps;
    this.#request = attempt.body.request;
    this.#halt = new Halt(deps.clock, attempt.stop);
    this.#metrics = new MetricWatcher(attempt.body.metricDefinitions);
  }

  async run(): Promise<TrainingJobBody> {
    try {
      return await this.#end(await this.#outcome());
    } finally {
      this.#halt.release();
      this.#releaseCredentials();
      await Promise.all(this.#hosts.map(endHost));
    }
  }

  /** Everything up to the job's last write. */
  async #outcome(): Promise<Ending> {
    try {
      if (this.#attempt.body.status === "Stopping") {
        this.#halt.requestStop();
      }
      this.#halt.signal.throwIfAborted();
      const access = await this.#roleAccess();
      await this.#train(access);
      return { status: "Completed", secondary: "Completed", modelArtifacts: await this.#upload(access) };
    } catch (error) {
      if (this.#halt.cause === "server-closing") {
        throw new StaleAttemptError("the server is stopping");
      }
      if (error instanceof Halted) {
        return await this.#stopped(error);
      }
      if (error instanceof JobFailure) {
        return { status: "Failed", secondary: "Failed", failureReason: error.message };
      }
      throw error;
    }
  }

  async #roleAccess(): Promise<RoleAccess> {
    const roleArn = this.#request.RoleArn;
    const session = await assumeRole(this.#deps.roles, roleArn).catch((error: unknown) => {
      throw error instanceof AwsError ? clientError(error.message, error) : error;
    });
    return { objects: this.#deps.objects, session, roleArn };
  }

  async #train(access: RoleAccess): Promise<void> {
    await this.#begin();
    const place = checkpointPlace(this.#request);
    const inputs = await channelInputs(this.#request, access);
    await assertWritable(outputLocation(this.#request), access);
    const checkpoints = place === undefined ? [] : await restoredCheckpoints(place, access);
    this.#hosts = await startHosts(
      {
        scope: this.#attempt.key.scope,
        attempt: this.#attempt.attempt,
        body: this.#attempt.body,
        inputs,
        checkpoints,
        credentials: await this.#credentials(access),
        metrics: this.#metrics,
        signal: this.#halt.signal,
      },
      this.#deps,
    ).catch((error: unknown) => {
      this.#halt.signal.throwIfAborted();
      throw error;
    });
    await this.#enter("Training");
    await this.#watch(place === undefined ? undefined : new CheckpointSync(place, access));
  }

  /** From the first second of the download on, the job's time is counted. */
  async #begin(): Promise<void> {
    const now = this.#deps.clock.now();
    await this.#attempt.update((body) => {
      if (body.status === "Stopping") {
        return body;
      }
      const again = body.startedAt !== undefined;
      const starting = again
        ? enter(body, "Restarting", statusMessages.Restarting, now)
        : enter(body, "Starting", statusMessages.Preparing, now);
      return { ...enter(starting, "Downloading", statusMessages.Downloading, now), startedAt: now };
    });
    this.#halt.limit(this.#request.StoppingCondition?.MaxRuntimeInSeconds ?? defaultMaxRuntimeSeconds);
  }

  async #credentials(access: RoleAccess): Promise<Readonly<Record<string, string>>> {
    const served = await this.#deps.jobCredentials?.(access.session);
    if (served === undefined) {
      return {};
    }
    this.#releaseCredentials = () => served.release();
    return served.environment;
  }

  async #watch(checkpoints: CheckpointSync | undefined): Promise<void> {
    if (checkpoints === undefined) {
      await watchHosts(this.#hosts, this.#halt.signal);
      return;
    }
    const sync = (): Promise<void> => checkpoints.sync(this.#hosts.map(({ workload }) => workload));
    const timer = repeatedly(this.#deps.clock, sync, (error) => this.#report("Storing checkpoints failed", error));
    try {
      await watchHosts(this.#hosts, this.#halt.signal);
    } catch (error) {
      if (error instanceof Halted && error.cause !== "server-closing") {
        await stopHosts(this.#hosts);
      }
      throw error;
    } finally {
      timer.stop();
      await sync().catch((error: unknown) => this.#report("Storing checkpoints failed", error));
    }
  }

  /** The end of a job that was asked to stop or ran too long; what its container saved is kept where that is possible. */
  async #stopped({ cause }: Halted): Promise<Ending> {
    const secondary = cause === "max-runtime" ? "MaxRuntimeExceeded" : "Stopped";
    if (this.#hosts.length === 0) {
      return { status: "Stopped", secondary };
    }
    if (cause === "max-runtime") {
      const now = this.#deps.clock.now();
      await this.#attempt.update((body) => ({
        ...enter(body, "Stopping", statusMessages.Stopping, now),
        status: "Stopping",
      }));
    }
    await stopHosts(this.#hosts);
    try {
      return { status: "Stopped", secondary, modelArtifacts: await this.#upload(await this.#roleAccess()) };
    } catch (error) {
      if (!(error instanceof JobFailure)) {
        throw error;
      }
      this.#report("Storing what the stopped job left failed", error);
      return { status: "Stopped", secondary };
    }
  }

  async #upload(access: RoleAccess): Promise<string> {
    // Throws when another attempt owns the job by now: only the current one may touch its artifacts.
    await this.#enter("Uploading");
    const workloads = this.#hosts.map(({ workload }) => workload);
    const files = { model: mergedFiles(workloads, "model"), output: mergedFiles(workloads, "output/data") };
    return await storeArtifacts(this.#request, files, access);
  }

  /** Shows a new SecondaryStatus; a job that is being stopped keeps showing that until it uploads. */
  async #enter(status: "Training" | "Uploading"): Promise<void> {
    const now = this.#deps.clock.now();
    await this.#attempt.update((body) =>
      status === "Training" && secondaryStatus(body) === "Stopping"
        ? body
        : enter(body, status, statusMessages[status], now),
    );
  }

  /** The one terminal write. All log lines can be read before it. A stop that was accepted in the last moment counts. */
  async #end(ending: Ending): Promise<TrainingJobBody> {
    await Promise.all(this.#hosts.map(({ sink }) => sink.flush()));
    const finalMetrics = this.#metrics.final();
    const facts = finalMetrics.length === 0 ? ending : { ...ending, finalMetrics };
    const now = this.#deps.clock.now();
    return await this.#attempt.update((body) =>
      body.status === "Stopping" && ending.status === "Completed"
        ? end(body, { ...facts, status: "Stopped", secondary: "Stopped" }, now)
        : end(body, facts, now),
    );
  }

  #report(what: string, error: unknown): void {
    this.#hosts[0]?.sink.write(`${what}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** The end of a job whose run threw: the platform's turn. */
export function crashedTrainingJob(body: TrainingJobBody, error: unknown, now: Date): TrainingJobBody {
  const { message } = error instanceof JobFailure ? error : platformError(String(error), error);
  return end(body, { status: "Failed", secondary: "Failed", failureReason: message.slice(0, 1024) }, now);
}
