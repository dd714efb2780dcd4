import type { Clock } from "../../../../platform/clock/clock.ts";
import {
  HostBrokenError,
  HostTimeoutError,
  HostUnreachableError,
  ResponseTooLargeError,
} from "../../models/host/host-errors.ts";
import type { HostRequest, HostResponse } from "../../models/host/host-exchange.ts";
import { pause } from "../../models/host/pause.ts";
import { ObjectFailure } from "./object-failure.ts";

/** How a container is asked for predictions. */
export interface ModelCall {
  readonly host: { request(request: HostRequest): Promise<HostResponse> };
  readonly headers: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  /** Further tries after one without an answer, or with an answer of 500 and above. */
  readonly retries: number;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** Longest answer that is taken: twice the largest payload. */
const maxResponseBytes = 200 * 1024 * 1024;
/** Before the first retry; doubles with each further one. */
const firstPauseMs = 100;
/** Of an answer's text that goes into the log. */
const maxQuotedChars = 4096;

/**
 * The container's answer to one payload.
 * @throws ObjectFailure when there is none or it is an error; or the signal's reason
 */
export async function invokeModel(payload: Uint8Array, call: ModelCall): Promise<Uint8Array> {
  for (let tries = 0; ; tries += 1) {
    const outcome = await tryOnce(payload, call);
    if (outcome instanceof Uint8Array) {
      return outcome;
    }
    if (outcome.blame === "client" || tries === call.retries) {
      throw outcome;
    }
    await pause(call.clock, firstPauseMs * 2 ** tries, call.signal);
  }
}

async function tryOnce(payload: Uint8Array, call: ModelCall): Promise<Uint8Array | ObjectFailure> {
  try {
    const response = await call.host.request({
      method: "POST",
      path: "/invocations",
      headers: call.headers,
      body: payload,
      timeoutMs: call.timeoutMs,
      maxResponseBytes,
      signal: call.signal,
    });
    return response.status >= 200 && response.status < 300 ? response.body : refused(response);
  } catch (error) {
    call.signal.throwIfAborted();
    const failure = withoutAnswer(error);
    if (failure === undefined) {
      throw error;
    }
    return failure;
  }
}

/** In the form of AWS's data log: the status, an empty line, `Message:`, and what the container said. */
function refused({ status, body }: HostResponse): ObjectFailure {
  const said = Buffer.from(body.buffer, body.byteOffset, Math.min(body.byteLength, maxQuotedChars)).toString("utf8");
  const isClients = status < 500;
  const first = isClients ? `ClientError: ${status}` : `Bad HTTP status received from algorithm: ${status}`;
  return new ObjectFailure(isClients ? "client" : "algorithm", [first, "", "Message:", ...said.split(/\r?\n/)]);
}

function withoutAnswer(error: unknown): ObjectFailure | undefined {
  if (error instanceof ResponseTooLargeError) {
    return new ObjectFailure("algorithm", [`The algorithm's response is larger than ${maxResponseBytes} bytes`], {
      cause: error,
    });
  }
  const isLost =
    error instanceof HostTimeoutError || error instanceof HostBrokenError || error instanceof HostUnreachableError;
  return isLost
    ? new ObjectFailure("algorithm", ["Unable to get response from algorithm"], { cause: error })
    : undefined;
}
