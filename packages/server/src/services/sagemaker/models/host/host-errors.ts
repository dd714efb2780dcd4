/** A request that never reached the host's process: it may be sent again, elsewhere. */
export class HostUnreachableError extends Error {
  override readonly name = "HostUnreachableError";
}

/** A request that was sent, and whose connection broke before the answer was complete. */
export class HostBrokenError extends Error {
  override readonly name = "HostBrokenError";
}

/** A request that was not answered in time. */
export class HostTimeoutError extends Error {
  override readonly name = "HostTimeoutError";
}

/** An answer larger than the caller takes; `status` is the one it began with. */
export class ResponseTooLargeError extends Error {
  override readonly name = "ResponseTooLargeError";
  readonly status: number;

  constructor(status: number) {
    super("the response is too large");
    this.status = status;
  }
}
