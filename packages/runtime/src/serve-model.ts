import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** One `/invocations` call, its body whole. */
export interface ModelRequest {
  readonly contentType: string;
  readonly accept: string;
  readonly body: Uint8Array;
}

export interface ModelAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly body: Uint8Array;
}

/** A model as the model server needs it. `invoke` never throws for bad input: it answers with the model's error. */
export interface ServedModel {
  invoke(request: ModelRequest): ModelAnswer | Promise<ModelAnswer>;
  /** Bytes from which the server can answer small requests itself; absent when the algorithm has none. */
  readonly flat?: Uint8Array;
}

/** Answer of `GET /execution-parameters`, which a batch transform reads before its first request. */
export interface ExecutionParameters {
  readonly MaxConcurrentTransforms: number;
  readonly BatchStrategy: "MULTI_RECORD" | "SINGLE_RECORD";
  readonly MaxPayloadInMB: number;
}

export interface ServeOptions {
  /** A unix socket, or a port of the loopback interface (0 picks one). */
  readonly listen: { readonly socketPath: string } | { readonly port: number };
  readonly executionParameters: ExecutionParameters;
  /** Largest request body, in bytes; a longer one answers 413. */
  readonly maxBodyBytes: number;
  readonly log: (line: string) => void;
}

export interface ModelServer {
  /** Port it listens on; 0 on a unix socket. */
  readonly port: number;
  /** Takes no new request, finishes the running ones. */
  close(): Promise<void>;
}

/**
 * Serves a model by the container's contract: `GET /ping` (200, empty), `POST /invocations`, `GET /execution-parameters`, and
 * `GET /clary/flat-model` (octets, 404 when there is none).
 */
export async function serveModel(model: ServedModel, options: ServeOptions): Promise<ModelServer> {
  const server = createServer((request, response) => {
    route(model, options, request, response).catch((error: unknown) => {
      options.log(`Error: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
      answer(response, 500, "text/plain", "Internal Server Error");
    });
  });
  // The server keeps its connections to a host for as long as both live; closing an idle one would race with its next request.
  server.keepAliveTimeout = 0;
  server.requestTimeout = 0;
  await listen(server, options.listen);
  const address = server.address() as AddressInfo | string | null;
  return {
    port: typeof address === "object" && address !== null ? address.port : 0,
    close: () => closeServer(server),
  };
}

async function route(
  model: ServedModel,
  options: ServeOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const path = (request.url ?? "").split("?", 1)[0];
  const handler = routes[`${request.method} ${path}`];
  if (handler === undefined) {
    request.resume();
    answer(response, 404, "text/plain", "Not Found");
    return;
  }
  await handler(model, options, request, response);
}

type Route = typeof route;

const routes: Readonly<Record<string, Route>> = {
  "GET /ping": async (_model, _options, _request, response) => answer(response, 200, undefined, ""),
  "GET /execution-parameters": async (_model, options, _request, response) =>
    answer(response, 200, "application/json", JSON.stringify(options.executionParameters)),
  "GET /clary/flat-model": async (model, _options, _request, response) => {
    if (model.flat === undefined) {
      answer(response, 404, "text/plain", "This model has no flat form");
    } else {
      answer(response, 200, "application/octet-stream", model.flat);
    }
  },
  "POST /invocations": invoke,
};

async function invoke(
  model: ServedModel,
  options: ServeOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const body = await readBody(request, options.maxBodyBytes);
  if (body === undefined) {
    answer(response, 413, "text/plain", `The request body is longer than ${options.maxBodyBytes} bytes`);
    return;
  }
  const result = await model.invoke({
    contentType: request.headers["content-type"] ?? "",
    accept: request.headers.accept ?? "",
    body,
  });
  answer(response, result.status, result.contentType, result.body);
}

/** Undefined when the body is over the limit; what is left of it is read and dropped, so that the answer can be seen. */
async function readBody(request: IncomingMessage, limit: number): Promise<Uint8Array | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= limit) {
      chunks.push(chunk);
    }
  }
  return size > limit ? undefined : Buffer.concat(chunks, size);
}

function answer(
  response: ServerResponse,
  status: number,
  contentType: string | undefined,
  body: string | Uint8Array,
): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  response.writeHead(status, {
    ...(contentType === undefined || contentType === "" ? {} : { "content-type": contentType }),
    "content-length": typeof body === "string" ? Buffer.byteLength(body) : body.byteLength,
  });
  response.end(body);
}

function listen(server: Server, where: ServeOptions["listen"]): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    const done = (): void => resolve();
    if ("socketPath" in where) {
      server.listen(where.socketPath, done);
    } else {
      server.listen(where.port, "127.0.0.1", done);
    }
  });
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
  });
}
