/** One `/invocations` call. */
export interface InvocationRequest {
  /** As sent; empty when the client sent none. */
  readonly contentType: string;
  /** As sent; empty when the client sent none. */
  readonly accept: string;
  readonly body: Uint8Array;
}

/** What the model server answers; a status of 400 and above is the model's error, with its text in `body`. */
export interface InvocationResponse {
  readonly status: number;
  readonly contentType: string;
  readonly body: Uint8Array;
}

/** A model ready to answer. `invoke` is synchronous and never throws for bad input: it answers with the model's error. */
export interface ServingModel {
  invoke(request: InvocationRequest): InvocationResponse;
}

/** How a host was started: the image's version and the container's environment decide about formats. */
export interface ServingOptions {
  /** `0.72`, `1.2-1`, `1.7-1` …, as the image catalog resolves it. */
  readonly version: string;
  /** `SAGEMAKER_BATCH` and friends. */
  readonly environment: Readonly<Record<string, string>>;
}
