import type { WireRequest } from "../http.ts";

/** The bytes of a body that is not streamed. Throws TypeError when the caller passed a stream for one that is not. */
export function collectedBody({ body }: WireRequest): Uint8Array {
  if (!(body instanceof Uint8Array)) {
    throw new TypeError("the body of an operation whose input does not stream must be collected before it is parsed");
  }
  return body;
}
