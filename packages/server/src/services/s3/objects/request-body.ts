import { Readable } from "node:stream";
import { RequestBody } from "@clary/wire";
import { entityTooLarge, missingContentLength } from "../errors.ts";

/** The largest body of one PutObject or UploadPart: 5 GiB. */
const maximumBody = 5 * 1024 ** 3;

interface BodyMembers {
  readonly Body?: unknown;
  readonly ContentLength?: number | undefined;
}

/**
 * A streaming input member as the gateway leaves it: a `RequestBody`, or bytes, or a stream about which nothing more is
 * known. @throws EntityTooLarge, MissingContentLength before any byte is read.
 */
export function requestBody({ Body, ContentLength }: BodyMembers): RequestBody {
  const body = asRequestBody(Body);
  if (ContentLength !== undefined && ContentLength > maximumBody) {
    throw entityTooLarge(ContentLength, maximumBody);
  }
  if (ContentLength === undefined && body.content instanceof Readable) {
    throw missingContentLength();
  }
  return body;
}

function asRequestBody(body: unknown): RequestBody {
  if (body instanceof RequestBody) {
    return body;
  }
  if (body === undefined) {
    return new RequestBody(new Uint8Array());
  }
  if (body instanceof Uint8Array || body instanceof Readable) {
    return new RequestBody(body);
  }
  throw new TypeError("a request's body is bytes or a stream");
}
