import { addressTooLong, methodNotAllowed, tooManyHeaders } from "../errors.ts";
import type { Handler } from "../chain.ts";
import type { Arrived } from "../exchange.ts";

/** Methods that some operation of AWS uses. */
const methods = new Set(["GET", "HEAD", "PUT", "POST", "DELETE", "PATCH", "OPTIONS"]);

/** A key of 1,024 bytes, each percent-encoded, and a bucket. */
const longestPath = 4096;
/** A presigned address with a session token, and room for filters. */
const longestQuery = 16_384;
const mostHeaders = 200;

/** Refuses heads that no client of AWS sends. Bodies are bounded where they are read, when it is known whose they are. */
export const limitRequest: Handler<Arrived, void> = ({ head }) => {
  const { method, path, query, headers } = head;
  if (!methods.has(method)) {
    throw methodNotAllowed(method);
  }
  if (path.length > longestPath || query.length > longestQuery) {
    throw addressTooLong();
  }
  if (countOf(headers) > mostHeaders) {
    throw tooManyHeaders();
  }
};

function countOf(headers: Readonly<Record<string, string>>): number {
  let count = 0;
  for (const name in headers) {
    count += name === "" ? 0 : 1;
  }
  return count;
}
