import type { Scope } from "../../../../platform/scope.ts";
import type { LogSink, SageMakerDeps } from "../../deps.ts";
import type { RoleAccess } from "../../jobs/role-access.ts";
import type { InputObject } from "../input/input-objects.ts";
import { PayloadBuffers } from "../input/payload-buffers.ts";
import { outputLocation } from "../output/output-location.ts";
import { payloadProcessor } from "../processing/payload-processor.ts";
import type { TransformJobBody } from "../transform-job-record.ts";
import { eachAtMost } from "./each-at-most.ts";
import { type FailureLog, platformLine } from "./failure-log.ts";
import { ObjectFailure } from "./object-failure.ts";
import { Slots } from "./slots.ts";
import { TransformHost } from "./transform-host.ts";
import { type ObjectTransform, transformObject } from "./transform-object.ts";
import {
  describeSettings,
  parseExecutionParameters,
  transformSettings,
  type TransformSettings,
} from "./transform-settings.ts";

/** What all instances of an attempt share. */
export interface AttemptPlan {
  readonly scope: Scope;
  readonly body: TransformJobBody;
  readonly access: RoleAccess;
  readonly credentials: Readonly<Record<string, string>>;
  readonly failures: FailureLog;
  readonly signal: AbortSignal;
}

/** AWS's log group of all transform jobs. */
const logGroup = "/aws/sagemaker/TransformJobs";
const parametersTimeoutMs = 10_000;
/** AWS's values where a ModelClientConfig does not say otherwise. */
const invocationDefaults = { timeoutSeconds: 600, retries: 3 };
const bytesPerMegabyte = 1024 * 1024;

/** One instance at work on its share of a job's objects. */
export class InstanceRun {
  readonly #id: string;
  readonly #plan: AttemptPlan;
  readonly #deps: SageMakerDeps;
  readonly #sink: LogSink;
  #dataLog: LogSink | undefined;
  #host: TransformHost | undefined;

  /** `id` is the instance's, the same in all attempts: clients look for as many streams as the job has instances. */
  constructor(id: string, plan: AttemptPlan, deps: SageMakerDeps) {
    this.#id = id;
    this.#plan = plan;
    this.#deps = deps;
    this.#sink = deps.logs.open(
      plan.scope,
      logGroup,
      this.#stream(`-${Math.floor(plan.body.createdAt.getTime() / 1000)}`),
    );
  }

  /**
   * Transforms all objects. Those that fail are noted in the plan's failures, and the others go on.
   * @throws TransformFailure when the container does not come up; or the signal's reason; or what the stores throw
   */
  async transform(objects: readonly InputObject[]): Promise<void> {
    const { scope, body, credentials, signal } = this.#plan;
    const host = await TransformHost.start({ scope, body, credentials, signal, sink: this.#sink }, this.#deps);
    this.#host = host;
    const settings = await this.#settings(host);
    this.#sink.write(platformLine(this.#deps.clock, describeSettings(settings)));
    const transform = this.#objectTransform(host, settings);
    await eachAtMost(objects, settings.maxConcurrentTransforms, (object) => this.#transformOne(object, transform));
  }

  lastLines(): string {
    return this.#host?.lastLines() ?? "";
  }

  async flush(): Promise<void> {
    await Promise.all([this.#sink.flush(), this.#dataLog?.flush()]);
  }

  async stop(): Promise<void> {
    await this.#host?.stop();
  }

  async #settings(host: TransformHost): Promise<TransformSettings> {
    const { body, signal } = this.#plan;
    try {
      const answer = await host.request({
        method: "GET",
        path: "/execution-parameters",
        headers: {},
        timeoutMs: parametersTimeoutMs,
        maxResponseBytes: 64 * 1024,
        signal,
      });
      return transformSettings(body.request, answer.status === 200 ? parseExecutionParameters(answer.body) : {});
    } catch {
      // Containers need not offer any.
      signal.throwIfAborted();
      return transformSettings(body.request, {});
    }
  }

  #objectTransform(host: TransformHost, settings: TransformSettings): ObjectTransform {
    const { request } = this.#plan.body;
    const {
      ContentType: contentType,
      SplitType: splitType = "None",
      CompressionType: compression,
    } = request.TransformInput;
    const { Accept: accept, AssembleWith: assembleWith = "None" } = request.TransformOutput;
    const { InvocationsTimeoutInSeconds: timeout, InvocationsMaxRetries: retries } = request.ModelClientConfig ?? {};
    const { maxConcurrentTransforms: concurrency } = settings;
    const maxPayloadBytes = settings.maxPayloadInMB * bytesPerMegabyte;
    return {
      access: this.#plan.access,
      isGzip: compression === "Gzip",
      split: {
        splitType,
        strategy: settings.batchStrategy,
        maxPayloadBytes,
        buffers: new PayloadBuffers(maxPayloadBytes),
      },
      processor: payloadProcessor(request, this.#deps),
      assembleWith,
      call: {
        host,
        headers: {
          ...(contentType === undefined ? {} : { "content-type": contentType }),
          ...(accept === undefined ? {} : { accept }),
        },
        timeoutMs: 1000 * (timeout ?? invocationDefaults.timeoutSeconds),
        retries: retries ?? invocationDefaults.retries,
        clock: this.#deps.clock,
      },
      requests: new Slots(concurrency),
      // As many again are read ahead, so that a container never waits for its next request.
      room: new Slots(2 * concurrency),
      signal: this.#plan.signal,
    };
  }

  async #transformOne(object: InputObject, transform: ObjectTransform): Promise<void> {
    try {
      await transformObject(object, outputLocation(this.#plan.body.request, object), transform);
    } catch (error) {
      if (!(error instanceof ObjectFailure)) {
        throw error;
      }
      this.#dataLog ??= this.#deps.logs.open(this.#plan.scope, logGroup, this.#stream("/data-log"));
      this.#plan.failures.add(object, error, this.#dataLog);
    }
  }

  #stream(ending: string): string {
    return `${this.#plan.body.request.TransformJobName}/${this.#id}${ending}`;
  }
}
