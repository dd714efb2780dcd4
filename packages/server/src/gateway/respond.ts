import type { IncomingMessage, ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { WireResponse } from "@clary/wire";

/** How much of a body that nobody wanted is read, so that the client gets to read the answer before the connection closes. */
const discardedBytes = 1024 * 1024;

/**
 * Sends an answer. Resolves with the number of body bytes when all of it is with the operating system's buffers; a client
 * that goes away ends it silently, and its body stream is destroyed.
 */
export async function respond(
  incoming: IncomingMessage,
  response: ServerResponse,
  answer: WireResponse,
): Promise<number | undefined> {
  const { status, headers, body } = answer;
  if (!incoming.complete) {
    endAfterAnswer(incoming, response);
  }
  if (isBodiless(incoming, status)) {
    discard(body);
    response.writeHead(status, headers).end();
    return 0;
  }
  if (body instanceof Readable) {
    return stream(response, answer, body);
  }
  const bytes = body === undefined ? 0 : typeof body === "string" ? Buffer.byteLength(body) : body.byteLength;
  headers["content-length"] = String(bytes);
  response.writeHead(status, headers).end(body);
  return bytes;
}

function isBodiless({ method }: IncomingMessage, status: number): boolean {
  return method === "HEAD" || status === 204 || status === 304;
}

function discard(body: WireResponse["body"]): void {
  if (body instanceof Readable) {
    body.destroy();
  }
}

async function stream(
  response: ServerResponse,
  { status, headers }: WireResponse,
  body: Readable,
): Promise<number | undefined> {
  response.writeHead(status, headers);
  try {
    await pipeline(body, response);
    const length = Number(headers["content-length"]);
    return Number.isSafeInteger(length) ? length : undefined;
  } catch (error) {
    // The head is out: only a cut connection still tells the client that the rest is missing.
    response.destroy(error instanceof Error ? error : undefined);
    return undefined;
  }
}

/**
 * The client may still be sending what nobody will read. Its connection is not used again; a little more is read, for a
 * connection that closes with unread bytes takes the answer with it.
 */
function endAfterAnswer(incoming: IncomingMessage, response: ServerResponse): void {
  response.setHeader("connection", "close");
  let left = discardedBytes;
  incoming.on("data", (chunk: Buffer) => {
    left -= chunk.length;
    if (left < 0) {
      incoming.destroy();
    }
  });
  // A reader that gave up left it paused.
  incoming.resume();
}
