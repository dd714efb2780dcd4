import type { IncomingMessage, ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { WireResponse } from "@clary/wire";

/**
 * How much of a body that nobody wanted is read, so that the client gets to read the answer before the connection closes: most
 * clients send all of their body first, and a payload over a limit of some MB is seldom many times as large.
 */
const discardedBytes = 64 * 1024 * 1024;

/** Longest silence of such a client; one that has read its answer closes the connection itself. */
const silenceMs = 2000;

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
    response.setHeader("connection", "close");
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
  response.writeHead(status, headers);
  if (incoming.complete) {
    response.end(body);
  } else {
    response.write(body ?? "");
    void discardRest(incoming).then(() => response.end());
  }
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
 * Reads on where the client is still sending what nobody wants. The answer is out by then, but a connection that closes with
 * unread bytes takes it along, and Node closes the connection as soon as the answer has ended.
 */
function discardRest(incoming: IncomingMessage): Promise<void> {
  return new Promise((resolve) => {
    let left = discardedBytes;
    incoming.on("data", (chunk: Buffer) => {
      left -= chunk.length;
      if (left < 0) {
        incoming.destroy();
      }
    });
    incoming.once("end", resolve).once("close", resolve).once("error", resolve).setTimeout(silenceMs, resolve);
    // A reader that gave up left it paused.
    incoming.resume();
  });
}
