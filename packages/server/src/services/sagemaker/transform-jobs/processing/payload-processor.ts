import type { SageMakerDeps } from "../../deps.ts";
import type { TransformJobRequest } from "../transform-job-record.ts";
import { select } from "./json-path.ts";
import { ProcessingError } from "./processing-error.ts";
import { type ProcessingPlan, processingPlan } from "./processing-plan.ts";

/** A payload on its way to the model. */
export interface PreparedPayload {
  /** What is sent. */
  readonly body: Uint8Array;
  /** What becomes of the answer. Throws ProcessingError. */
  finish(answer: Uint8Array): Uint8Array;
}

/** What a job does to each payload, and to the answer to it. */
export interface PayloadProcessor {
  /** Throws ProcessingError. */
  prepare(payload: Uint8Array): PreparedPayload;
}

export type ProcessorDeps = Pick<SageMakerDeps, "clock" | "ids" | "jsonPathSliceEnd">;

/** @throws AwsError `ValidationException`, which the job's creation has ruled out */
export function payloadProcessor(request: TransformJobRequest, deps: ProcessorDeps): PayloadProcessor {
  const plan = processingPlan(request);
  return plan === undefined ? untouched : new RowProcessor(plan, deps);
}

const untouched: PayloadProcessor = {
  prepare: (payload) => ({ body: payload, finish: (answer) => answer }),
};

class RowProcessor implements PayloadProcessor {
  readonly #plan: ProcessingPlan;
  readonly #deps: ProcessorDeps;

  constructor(plan: ProcessingPlan, deps: ProcessorDeps) {
    this.#plan = plan;
    this.#deps = deps;
  }

  prepare(payload: Uint8Array): PreparedPayload {
    const { inputFormat, inputFilter, joinsInput } = this.#plan;
    const inputs = inputFilter.isWhole && !joinsInput ? undefined : inputFormat.rows(textOf(payload));
    const filtered = inputFilter.isWhole
      ? payload
      : Buffer.from(
          (inputs ?? [])
            .map((row) => inputFormat.print(select(inputFilter, inputFormat.parse(row), this.#sliceEnd)))
            .join("\n") + lineEndOf(payload),
        );
    return { body: filtered, finish: (answer) => this.#finish(joinsInput ? inputs : undefined, answer) };
  }

  #finish(inputs: readonly string[] | undefined, answer: Uint8Array): Uint8Array {
    const { outputFormat } = this.#plan;
    const outputs = outputFormat.rows(textOf(answer));
    if (inputs !== undefined && inputs.length !== outputs.length) {
      throw new ProcessingError(
        `cannot join the input with the predictions: the payload has ${inputs.length} records, the algorithm's response ${outputs.length}`,
      );
    }
    return Buffer.from(
      outputs.map((row, index) => this.#outputRow(inputs?.[index], row)).join("\n") + lineEndOf(answer),
    );
  }

  #outputRow(input: string | undefined, output: string): string {
    const { outputFormat, outputFilter, addsInferenceId } = this.#plan;
    const joined = input === undefined ? outputFormat.parse(output) : outputFormat.join(input, output);
    const kept = select(outputFilter, joined, this.#sliceEnd);
    return outputFormat.print(addsInferenceId ? outputFormat.append(kept, this.#inferenceFacts()) : kept);
  }

  #inferenceFacts(): readonly (readonly [string, string])[] {
    return [
      ["SageMakerInferenceId", this.#deps.ids.uuid()],
      [
        "SageMakerInferenceTime",
        this.#deps.clock
          .now()
          .toISOString()
          .replace(/\.\d{3}Z$/, "Z"),
      ],
    ];
  }

  get #sliceEnd(): "inclusive" | "exclusive" {
    return this.#deps.jsonPathSliceEnd ?? "inclusive";
  }
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("utf8");
}

function lineEndOf(bytes: Uint8Array): string {
  return bytes.at(-1) === 10 ? "\n" : "";
}
