/** Facts about an error beyond its code and message. */
export interface AwsErrorOptions {
  /** HTTP status when the model declares none. Default 400. */
  readonly status?: number;
  /** Further members of a modelled error, or further elements of an S3 error. */
  readonly members?: Readonly<Record<string, unknown>>;
  /** Response headers that go with the error (`x-amz-delete-marker` …). */
  readonly headers?: Readonly<Record<string, string>>;
  readonly cause?: unknown;
}

/**
 * The one error class that reaches a client. Operations throw it through named factories; the gateway renders it in the
 * form of the request's protocol. `code` is the shape name for modelled errors (`NoSuchEntityException`); the renderer
 * finds the code on the wire (`NoSuchEntity`) and the HTTP status in the service model.
 */
export class AwsError extends Error {
  readonly code: string;
  readonly status: number;
  readonly members: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, string>>;

  constructor(code: string, message: string, options: AwsErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = code;
    this.code = code;
    this.status = options.status ?? 400;
    this.members = options.members ?? {};
    this.headers = options.headers ?? {};
  }
}
