import { AwsError } from "@clary/wire";
import type { Scope } from "../../../../platform/scope.ts";
import { assumeRole } from "../../assume-role.ts";
import type { LogSink, SageMakerDeps } from "../../deps.ts";
import { ModelDataError } from "../../models/artifact/model-data-error.ts";
import { modelFiles } from "../../models/artifact/model-files.ts";
import { resolveImage } from "../../models/check-container.ts";
import type { HostRequest, HostResponse } from "../../models/host/host-exchange.ts";
import { HostStartError } from "../../models/host/host-start-error.ts";
import { type ModelHost, startModelHost } from "../../models/host/model-host.ts";
import { modelDataOf } from "../../models/model-data-source.ts";
import { containerOf } from "../../models/model-record.ts";
import { instanceSize } from "../../jobs/instance-size.ts";
import type { TransformJobBody } from "../transform-job-record.ts";
import { transformEnvironment } from "./transform-environment.ts";
import { algorithmError, clientError, platformError } from "./transform-failure.ts";

/** What one instance of a job is started with. */
export interface HostPlan {
  readonly scope: Scope;
  readonly body: TransformJobBody;
  /** Where its container's lines go. */
  readonly sink: LogSink;
  /** Of the model's role; for the container's environment. */
  readonly credentials: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

/** AWS gives a container four minutes to become healthy. */
const healthTimeoutMs = 240_000;
/** From SIGTERM to SIGKILL. */
const graceMs = 30_000;
/** Containers that end in the middle of a job are replaced so often, so that one bad object does not take the others with it. */
const mostRestarts = 3;

/** The container of one instance. One that ended is replaced when it is next asked. */
export class TransformHost {
  readonly #plan: HostPlan;
  readonly #deps: SageMakerDeps;
  #host: ModelHost;
  #hasEnded = false;
  #restarts = 0;
  #replacing: Promise<void> | undefined;

  /** @throws TransformFailure when it does not come up; or the signal's reason */
  static async start(plan: HostPlan, deps: SageMakerDeps): Promise<TransformHost> {
    return new TransformHost(plan, deps, await startHost(plan, deps));
  }

  private constructor(plan: HostPlan, deps: SageMakerDeps, host: ModelHost) {
    this.#plan = plan;
    this.#deps = deps;
    this.#host = host;
    this.#watch(host);
  }

  /** Throws as `ModelHost.request` does; or TransformFailure when a replacement does not come up. */
  async request(request: HostRequest): Promise<HostResponse> {
    if (this.#hasEnded && this.#restarts < mostRestarts) {
      this.#replacing ??= this.#replace().finally(() => (this.#replacing = undefined));
      await this.#replacing;
    }
    return this.#host.request(request);
  }

  lastLines(): string {
    return this.#host.lastLines();
  }

  async stop(): Promise<void> {
    await this.#replacing?.catch(() => undefined);
    await this.#host.stop(graceMs);
  }

  async #replace(): Promise<void> {
    this.#restarts += 1;
    await this.#host.stop(0);
    this.#plan.sink.write("The container ended; another one takes its place.");
    this.#host = await startHost(this.#plan, this.#deps);
    this.#hasEnded = false;
    this.#watch(this.#host);
  }

  #watch(host: ModelHost): void {
    void host.exit.then(() => {
      this.#hasEnded ||= host === this.#host;
    });
  }
}

async function startHost(plan: HostPlan, deps: SageMakerDeps): Promise<ModelHost> {
  const { request, model } = plan.body;
  const container = containerOf(model);
  const roleArn = model.request.ExecutionRoleArn ?? "";
  try {
    const data = modelDataOf(container);
    const session = await assumeRole(deps.roles, roleArn);
    const size = instanceSize(request.TransformResources.InstanceType);
    return await startModelHost(
      {
        id: `i-${deps.ids.hex(17)}`,
        image: resolveImage(deps.images, container, roleArn),
        environment: { ...transformEnvironment(plan.body, plan.scope), ...plan.credentials },
        files: data === undefined ? [] : await modelFiles(data, session, deps.objects),
        healthTimeoutMs,
        onLine: (line) => plan.sink.write(line),
        signal: plan.signal,
        ...(size === undefined ? {} : { size }),
      },
      deps,
    );
  } catch (error) {
    plan.signal.throwIfAborted();
    throw startFailure(error);
  }
}

/** AWS's sentence for a container that does not come up, then what the person who reads it needs to act. */
function startFailure(error: unknown): unknown {
  if (error instanceof ModelDataError || error instanceof AwsError) {
    return clientError(error.message, error);
  }
  if (!(error instanceof HostStartError)) {
    return error;
  }
  return error.failure === "not-started"
    ? platformError(error.message, error)
    : algorithmError(
        `Model container failed to respond to ping. Please ensure /ping endpoint is implemented and responds with an HTTP 200 status code. Last seen: ${error.message}`,
        error,
      );
}
