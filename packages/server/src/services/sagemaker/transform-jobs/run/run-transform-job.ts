import { AwsError } from "@clary/wire";
import { type JobAttempt, StaleAttemptError } from "../../../../platform/jobs/job-supervisor.ts";
import { assumeRole } from "../../assume-role.ts";
import type { SageMakerDeps } from "../../deps.ts";
import type { RoleAccess } from "../../jobs/role-access.ts";
import { Halt, Halted } from "../../jobs/halt.ts";
import { type InputObject, inputObjects } from "../input/input-objects.ts";
import { captureData } from "../output/capture-data.ts";
import { removeOutputs } from "../output/remove-outputs.ts";
import type { TransformJobBody } from "../transform-job-record.ts";
import { type Ending, end } from "../transform-job-status.ts";
import { FailureLog } from "./failure-log.ts";
import { InstanceRun } from "./instance-run.ts";
import { ObjectFailure } from "./object-failure.ts";
import { clientError, platformError, TransformFailure } from "./transform-failure.ts";

type Attempt = JobAttempt<TransformJobBody>;

/**
 * One attempt of a transform job, from its first object to its last. Resolves with the job in its terminal status; errors that are
 * nobody's turn but ours pass through. When the server stops, the attempt ends without a trace; the next one begins anew and
 * replaces what this one stored.
 */
export async function runTransformJob(attempt: Attempt, deps: SageMakerDeps): Promise<TransformJobBody> {
  return await new TransformRun(attempt, deps).run();
}

class TransformRun {
  readonly #attempt: Attempt;
  readonly #deps: SageMakerDeps;
  readonly #halt: Halt;
  readonly #failures: FailureLog;
  #objects: readonly InputObject[] | undefined;
  #instances: readonly InstanceRun[] = [];
  #releaseCredentials: () => void = () => undefined;

  constructor(attempt: Attempt, deps: SageMakerDeps) {
    this.#attempt = attempt;
    this.#deps = deps;
    this.#halt = new Halt(deps.clock, attempt.stop);
    this.#failures = new FailureLog(deps.clock);
  }

  async run(): Promise<TransformJobBody> {
    try {
      return await this.#end(await this.#outcome());
    } finally {
      this.#halt.release();
      this.#releaseCredentials();
      await Promise.all(this.#instances.map((instance) => instance.stop()));
    }
  }

  async #outcome(): Promise<Ending> {
    try {
      if (this.#attempt.body.status === "Stopping") {
        this.#halt.requestStop();
      }
      this.#halt.signal.throwIfAborted();
      await this.#transform(await this.#roleAccess());
      return { status: "Completed" };
    } catch (error) {
      if (this.#halt.cause === "server-closing") {
        throw new StaleAttemptError("the server is stopping");
      }
      if (error instanceof Halted) {
        return { status: "Stopped" };
      }
      if (error instanceof TransformFailure) {
        return { status: "Failed", failureReason: error.message };
      }
      throw error;
    }
  }

  async #roleAccess(): Promise<RoleAccess> {
    const roleArn = this.#attempt.body.model.request.ExecutionRoleArn ?? "";
    const session = await assumeRole(this.#deps.roles, roleArn).catch((error: unknown) => {
      throw error instanceof AwsError ? clientError(error.message, error) : error;
    });
    return { objects: this.#deps.objects, session, roleArn };
  }

  async #transform(access: RoleAccess): Promise<void> {
    const startedAt = this.#deps.clock.now();
    const body = await this.#attempt.update((current) => ({ ...current, startedAt }));
    this.#objects = await inputObjects(body.request, access, this.#halt.signal).catch((error: unknown) => {
      throw error instanceof ObjectFailure ? clientError(error.message, error) : error;
    });
    const credentials = await this.#credentials(access);
    await this.#transformAll(this.#objects, { body, access, credentials });
    const transformed = this.#objects.filter((object) => !this.#failures.has(object));
    await captureData(body.request, transformed, access, this.#deps);
    const failure = this.#failures.reason(this.#instances.map((instance) => instance.lastLines()).find(Boolean) ?? "");
    if (failure !== undefined) {
      throw failure;
    }
  }

  async #credentials({ session }: RoleAccess): Promise<Readonly<Record<string, string>>> {
    const served = await this.#deps.jobCredentials?.(session);
    if (served === undefined) {
      return {};
    }
    this.#releaseCredentials = () => served.release();
    return served.environment;
  }

  /** Instances get each `count`-th object. More instances than objects would have nothing to do and are not started. */
  async #transformAll(
    objects: readonly InputObject[],
    job: { body: TransformJobBody; access: RoleAccess; credentials: Readonly<Record<string, string>> },
  ): Promise<void> {
    const over = new AbortController();
    const signal = AbortSignal.any([this.#halt.signal, over.signal]);
    const ids = job.body.instanceIds.slice(0, objects.length);
    const plan = { ...job, scope: this.#attempt.key.scope, failures: this.#failures, signal };
    this.#instances = ids.map((id) => new InstanceRun(id, plan, this.#deps));
    await Promise.allSettled(
      this.#instances.map((instance, index) =>
        instance
          .transform(objects.filter((_, position) => position % ids.length === index))
          .catch((error: unknown) => over.abort(error)),
      ),
    );
    signal.throwIfAborted();
  }

  /** The one terminal write. All log lines can be read before it. A stop that was accepted in the last moment counts. */
  async #end(ending: Ending): Promise<TransformJobBody> {
    if (ending.status === "Stopped") {
      await this.#removeOutputs();
    }
    await Promise.all(this.#instances.map((instance) => instance.flush()));
    const now = this.#deps.clock.now();
    const body = await this.#attempt.update((current) =>
      current.status === "Stopping" && ending.status === "Completed" ? current : end(current, ending, now),
    );
    return body.status === "Stopping" ? await this.#end({ status: "Stopped" }) : body;
  }

  async #removeOutputs(): Promise<void> {
    const { body, attempt } = this.#attempt;
    const isFirst = attempt === 1;
    const listed = this.#objects ?? (isFirst ? [] : await this.#listAgain());
    await removeOutputs(body, listed, this.#deps.objects);
  }

  /** For outputs of an earlier attempt. When the input cannot be listed any more, what is there stays. */
  async #listAgain(): Promise<readonly InputObject[]> {
    try {
      return await inputObjects(this.#attempt.body.request, await this.#roleAccess(), new AbortController().signal);
    } catch (error) {
      if (error instanceof TransformFailure || error instanceof ObjectFailure) {
        return [];
      }
      throw error;
    }
  }
}

/** The end of a job whose run threw: the platform's turn. */
export function crashedTransformJob(body: TransformJobBody, error: unknown, now: Date): TransformJobBody {
  const { message } = error instanceof TransformFailure ? error : platformError(String(error), error);
  return end(body, { status: "Failed", failureReason: message }, now);
}
