import { gunzipSync } from "node:zlib";
import { serializationException } from "./errors/request-errors.ts";
import type { WireRequest } from "./http.ts";

/** What a compressed body may grow to; clients compress metrics, which AWS takes up to 1 MB of. */
const MAX_DECOMPRESSED = 16 * 1024 * 1024;

/**
 * The bytes of a body that holds a document. Clients compress the larger ones of some operations (`PutMetricData`).
 * Throws TypeError when the caller passed a stream for a body that does not stream.
 */
export function collectedBody({ body, headers }: WireRequest): Uint8Array {
  if (!(body instanceof Uint8Array)) {
    throw new TypeError("the body of an operation whose input does not stream must be collected before it is parsed");
  }
  return headers["content-encoding"] === "gzip" && body.length > 0 ? decompress(body) : body;
}

function decompress(body: Uint8Array): Uint8Array {
  try {
    return gunzipSync(body, { maxOutputLength: MAX_DECOMPRESSED });
  } catch (error) {
    throw serializationException(`Could not decompress the request body: ${(error as Error).message}`);
  }
}
