import type { Clock } from "../../../../platform/clock/clock.ts";
import type { LogSink } from "../../deps.ts";
import type { InputObject } from "../input/input-objects.ts";
import type { ObjectFailure } from "./object-failure.ts";
import { algorithmError, clientError, type TransformFailure } from "./transform-failure.ts";

/** A platform's line in a job's log, as AWS begins them: the time without its zone. */
export function platformLine(clock: Clock, text: string): string {
  return `${clock.now().toISOString().slice(0, -1)}:[sagemaker logs]: ${text}`;
}

/** Notes which objects failed and why: in the job's data log, and for its FailureReason. */
export class FailureLog {
  readonly #clock: Clock;
  #first: { readonly object: InputObject; readonly failure: ObjectFailure } | undefined;
  #isAlgorithms = false;
  readonly #objects = new Set<InputObject>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  add(object: InputObject, failure: ObjectFailure, dataLog: LogSink): void {
    this.#first ??= { object, failure };
    this.#objects.add(object);
    this.#isAlgorithms ||= failure.blame === "algorithm";
    for (const line of failure.lines) {
      dataLog.write(platformLine(this.#clock, `${object.bucket}/${object.key}: ${line}`));
    }
  }

  has(object: InputObject): boolean {
    return this.#objects.has(object);
  }

  /** The job's failure: AWS's sentence, then the first failed object and the end of the container's log. */
  reason(lastLines: string): TransformFailure | undefined {
    if (this.#first === undefined) {
      return undefined;
    }
    const { object, failure } = this.#first;
    const stop = failure.message.endsWith(".") ? "" : ".";
    const quote = lastLines === "" ? "" : `${stop} Last log lines: ${lastLines}`;
    const message = `See job logs for more information. ${object.bucket}/${object.key}: ${failure.message}${quote}`;
    return this.#isAlgorithms ? algorithmError(message, failure) : clientError(message, failure);
  }
}
