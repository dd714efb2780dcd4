import type { ServingModel, ServingOptions } from "./serving-model.ts";
import { decodeXgboostServing } from "./xgboost/serving/decode-serving-model.ts";

/**
 * What a model server does with a request, free of sockets, processes and native code: the server imports this to answer
 * small requests itself, the model host imports it to answer all others, so both give the same bytes.
 */
export type { InvocationRequest, InvocationResponse, ServingModel, ServingOptions } from "./serving-model.ts";

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
