import { decodeXgboostServing } from "./xgboost/serving/decode-serving-model.ts";

/**
 * What a model server does with a request, free of sockets, processes and native code: the server imports this to answer
 * small requests itself, the model host imports it to answer all others, so both give the same bytes.
 */

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

/**
 * A flat model that a host sent (`LoadedModel.flat`), checked and ready to answer. Throws when the algorithm has no flat
 * models or the bytes are malformed in any way: they come from another process and must not be able to hang this one.
 */
export function decodeServingModel(algorithm: string, bytes: Uint8Array, options: ServingOptions): ServingModel {
  const decode = decoders.get(algorithm);
  if (decode === undefined) {
    throw new RangeError(`The algorithm '${algorithm}' has no flat models.`);
  }
  return decode(bytes, options);
}

const decoders = new Map([["xgboost", decodeXgboostServing]]);
