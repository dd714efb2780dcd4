import type { IncomingMessage, ServerResponse } from "node:http";
import type { Readable } from "node:stream";
import type { AwsError } from "@clary/wire";
import type { Clock } from "../../platform/clock/clock.ts";
import { incompleteRequest, requestTimeout } from "../errors.ts";

/** The body of a request, still on its way. Nothing of it is read, or asked for (`Expect: 100-continue`), before it is needed. */
export interface IncomingBody {
  /** `Content-Length`; undefined for chunked transfer. */
  readonly declaredLength: number | undefined;
  /** The whole body. A second call answers what the first one read. @throws `tooLarge` beyond `limit` bytes, and RequestTimeout. */
  collect(limit: BodyLimit): Promise<Buffer>;
  /** The bytes as they arrive; instead of `collect`, once. Fails with RequestTimeout when the client falls silent. */
  stream(): Readable;
}

export interface BodyLimit {
  readonly bytes: number;
  readonly tooLarge: (bytes: number) => AwsError;
}

export interface BodyTimes {
  /** For a whole body that is collected. */
  readonly collectMs: number;
  /** Between two arrivals in a body that is streamed. */
  readonly silenceMs: number;
}

export interface IncomingBodyOptions {
  readonly incoming: IncomingMessage;
  /** Given when the client waits for leave to send (`Expect: 100-continue`). */
  readonly awaitsContinue: Pick<ServerResponse, "writeContinue"> | undefined;
  readonly clock: Clock;
  readonly times: BodyTimes;
}

export function incomingBody({ incoming, awaitsContinue, clock, times }: IncomingBodyOptions): IncomingBody {
  const declaredLength = declaredLengthOf(incoming);
  let collected: Promise<Buffer> | undefined;

  return {
    declaredLength,
    collect(limit) {
      if (declaredLength !== undefined && declaredLength > limit.bytes) {
        return Promise.reject(limit.tooLarge(limit.bytes));
      }
      if (declaredLength === 0) {
        return Promise.resolve(Buffer.alloc(0));
      }
      collected ??= (awaitsContinue?.writeContinue(), collect(incoming, limit, { clock, withinMs: times.collectMs }));
      return collected;
    },
    stream() {
      awaitsContinue?.writeContinue();
      incoming.setTimeout(times.silenceMs, () => incoming.destroy(requestTimeout()));
      incoming.once("end", () => incoming.setTimeout(0));
      return incoming;
    },
  };
}

/** Undefined for chunked transfer; zero when the request has no body. */
function declaredLengthOf({ headers }: IncomingMessage): number | undefined {
  const length = headers["content-length"];
  if (length !== undefined) {
    return Number(length);
  }
  return headers["transfer-encoding"] === undefined ? 0 : undefined;
}

interface Deadline {
  readonly clock: Clock;
  readonly withinMs: number;
}

function collect(incoming: IncomingMessage, limit: BodyLimit, { clock, withinMs }: Deadline): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const timer = clock.schedule(withinMs, () => settle(() => reject(requestTimeout())));
    const onData = (chunk: Buffer): void => {
      size += chunk.length;
      chunks.push(chunk);
      if (size > limit.bytes) {
        settle(() => reject(limit.tooLarge(limit.bytes)));
      }
    };
    const onEnd = (): void => settle(() => resolve(joined(chunks)));
    const onClose = (): void => settle(() => reject(incompleteRequest()));
    function settle(outcome: () => void): void {
      timer.cancel();
      incoming.off("data", onData).off("end", onEnd).off("close", onClose);
      outcome();
    }
    incoming.on("data", onData).on("end", onEnd).on("close", onClose);
  });
}

/** Most bodies arrive in one piece, which needs no copy. */
function joined(chunks: readonly Buffer[]): Buffer {
  const [first] = chunks;
  return chunks.length === 1 && first !== undefined ? first : Buffer.concat(chunks);
}
