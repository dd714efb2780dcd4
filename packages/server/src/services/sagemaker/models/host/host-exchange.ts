import type { Dispatcher } from "undici";
import type { Clock, Timer } from "../../../../platform/clock/clock.ts";
import { HostBrokenError, HostTimeoutError, HostUnreachableError, ResponseTooLargeError } from "./host-errors.ts";

export interface HostRequest {
  readonly method: "GET" | "POST";
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
  readonly timeoutMs: number;
  readonly maxResponseBytes: number;
  /** Aborts when nobody waits for the answer any more. */
  readonly signal?: AbortSignal;
}

export interface HostResponse {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/**
 * One HTTP exchange with a model host, its answer collected.
 * @throws HostUnreachableError, HostBrokenError, HostTimeoutError, ResponseTooLargeError, or the signal's reason.
 */
export function exchange(dispatcher: Dispatcher, request: HostRequest, clock: Clock): Promise<HostResponse> {
  return new Promise((resolve, reject) => {
    const handler = new ExchangeHandler(request, clock, resolve, reject);
    dispatcher.dispatch(
      {
        method: request.method,
        path: request.path,
        headers: request.headers,
        body: request.body ?? null,
        headersTimeout: 0,
        bodyTimeout: 0,
      },
      handler,
    );
  });
}

/** undici's view of one exchange. It is told of the moment a connection takes the request, which is what makes a retry safe. */
class ExchangeHandler implements Dispatcher.DispatchHandler {
  readonly #request: HostRequest;
  readonly #resolve: (response: HostResponse) => void;
  readonly #reject: (error: unknown) => void;
  readonly #timer: Timer;
  readonly #chunks: Uint8Array[] = [];
  #controller: Dispatcher.DispatchController | undefined;
  #failure: Error | undefined;
  #status = 0;
  #headers: Record<string, string> = {};
  #received = 0;

  constructor(
    request: HostRequest,
    clock: Clock,
    resolve: (response: HostResponse) => void,
    reject: (error: unknown) => void,
  ) {
    this.#request = request;
    this.#resolve = resolve;
    this.#reject = reject;
    this.#timer = clock.schedule(request.timeoutMs, () => this.#fail(new HostTimeoutError("no answer in time")));
    request.signal?.addEventListener("abort", this.#onAbort, { once: true });
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.#failure !== undefined) {
      controller.abort(this.#failure);
    }
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    statusCode: number,
    headers: Record<string, string | string[] | undefined>,
  ): void {
    this.#status = statusCode;
    this.#headers = {};
    for (const [name, value] of Object.entries(headers)) {
      if (value !== undefined) {
        this.#headers[name] = Array.isArray(value) ? value.join(",") : value;
      }
    }
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#received += chunk.length;
    if (this.#received > this.#request.maxResponseBytes) {
      this.#fail(new ResponseTooLargeError(this.#status));
      return;
    }
    this.#chunks.push(chunk);
  }

  onResponseEnd(): void {
    this.#release();
    const [only, ...others] = this.#chunks;
    const body = only !== undefined && others.length === 0 ? only : Buffer.concat(this.#chunks);
    this.#resolve({ status: this.#status, headers: this.#headers, body });
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.#release();
    if (this.#failure === undefined) {
      const sent = this.#controller !== undefined;
      this.#failure = sent
        ? new HostBrokenError(error.message, { cause: error })
        : new HostUnreachableError(error.message, { cause: error });
    }
    this.#reject(this.#failure);
  }

  readonly #onAbort = (): void => {
    const reason: unknown = this.#request.signal?.reason;
    this.#fail(reason instanceof Error ? reason : new Error("the request was abandoned"));
  };

  /** Ends the exchange now, also while it still waits for a connection. */
  #fail(error: Error): void {
    if (this.#failure !== undefined) {
      return;
    }
    this.#failure = error;
    this.#release();
    this.#controller?.abort(error);
    this.#reject(error);
  }

  #release(): void {
    this.#timer.cancel();
    this.#request.signal?.removeEventListener("abort", this.#onAbort);
  }
}
