import type { TransformJobRequest } from "../transform-job-record.ts";

export type BatchStrategy = "MULTI_RECORD" | "SINGLE_RECORD";

/** How a host is called. */
export interface TransformSettings {
  readonly maxConcurrentTransforms: number;
  readonly maxPayloadInMB: number;
  readonly batchStrategy: BatchStrategy;
}

/** AWS's, where neither the request nor the container says anything. */
const defaults: TransformSettings = { maxConcurrentTransforms: 1, maxPayloadInMB: 6, batchStrategy: "MULTI_RECORD" };

/** AWS's limit for one payload, and for all payloads that are under way to a host. */
export const maxMegabytesUnderWay = 100;

/**
 * What the request says (0 concurrent transforms says nothing), then what the container answered to `GET /execution-parameters`,
 * then the defaults.
 */
export function transformSettings(
  request: TransformJobRequest,
  offered: Partial<TransformSettings>,
): TransformSettings {
  const maxPayloadInMB = request.MaxPayloadInMB ?? offered.maxPayloadInMB ?? defaults.maxPayloadInMB;
  const asked =
    (request.MaxConcurrentTransforms ?? 0) > 0
      ? (request.MaxConcurrentTransforms ?? 0)
      : (offered.maxConcurrentTransforms ?? defaults.maxConcurrentTransforms);
  return {
    // What a container offers may not go together with the request's payload size; what the request says was checked.
    maxConcurrentTransforms: Math.max(1, Math.min(asked, Math.floor(maxMegabytesUnderWay / maxPayloadInMB))),
    maxPayloadInMB,
    batchStrategy: requestedStrategy(request) ?? offered.batchStrategy ?? defaults.batchStrategy,
  };
}

/** The strategy as containers know it; undefined when the request has none. */
export function requestedStrategy({ BatchStrategy: asked }: TransformJobRequest): BatchStrategy | undefined {
  if (asked === undefined) {
    return undefined;
  }
  return asked === "SingleRecord" ? "SINGLE_RECORD" : "MULTI_RECORD";
}

/** What of an answer to `GET /execution-parameters` can be used. It comes from a container, so it may be anything. */
export function parseExecutionParameters(body: Uint8Array): Partial<TransformSettings> {
  let answer: unknown;
  try {
    answer = JSON.parse(Buffer.from(body).toString("utf8"));
  } catch {
    return {};
  }
  if (typeof answer !== "object" || answer === null) {
    return {};
  }
  const { MaxConcurrentTransforms, MaxPayloadInMB, BatchStrategy } = answer as Readonly<Record<string, unknown>>;
  return {
    ...(isCount(MaxConcurrentTransforms) ? { maxConcurrentTransforms: MaxConcurrentTransforms } : {}),
    ...(isCount(MaxPayloadInMB) ? { maxPayloadInMB: Math.min(MaxPayloadInMB, maxMegabytesUnderWay) } : {}),
    ...(BatchStrategy === "MULTI_RECORD" || BatchStrategy === "SINGLE_RECORD" ? { batchStrategy: BatchStrategy } : {}),
  };
}

function isCount(value: unknown): value is number {
  return typeof value === "number" && Number.isInteger(value) && value > 0;
}

/** As AWS prints them at the head of a job's log. */
export function describeSettings(settings: TransformSettings): string {
  return `MaxConcurrentTransforms=${settings.maxConcurrentTransforms}, MaxPayloadInMB=${settings.maxPayloadInMB}, BatchStrategy=${settings.batchStrategy}`;
}
