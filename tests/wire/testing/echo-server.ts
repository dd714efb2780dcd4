import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import {
  AwsChunkedDecoder,
  AwsError,
  ChunkVerifier,
  declaredPayloadHash,
  parseInput,
  readSignature,
  serialiseError,
  serialiseOutput,
  type ServiceModel,
  sha256Hex,
  type Signature,
  streamingPayload,
  verifySignature,
  type WireRequest,
  type WireResponse,
} from "@clary/wire";
import { type Called, identify } from "./identify.ts";

/** What the server understood of one request. */
export interface Understood extends Called {
  readonly input: Record<string, unknown>;
  /** Undefined for operations that are called unsigned. */
  readonly signatureHolds: boolean | undefined;
  readonly headers: WireRequest["headers"];
  /** Trailing headers of a body in chunks. */
  readonly trailers: Readonly<Record<string, string>>;
}

export interface EchoServer {
  readonly port: number;
  close(): Promise<void>;
}

export interface EchoOptions {
  readonly models: readonly ServiceModel[];
  readonly secretAccessKey: string;
  /** Called with each request that was understood; gives the output to answer with, or throws an AwsError. */
  readonly answer: (understood: Understood) => Promise<object>;
  /** Called when a request was not understood; the client gets a plain 500. */
  readonly failed: (error: unknown) => void;
}

/** A server on loopback that parses every request and answers what it is told to. */
export async function startEchoServer(options: EchoOptions): Promise<EchoServer> {
  const server = createServer((incoming, response) => {
    handle(options, incoming, response).catch((error: unknown) => {
      options.failed(error);
      response.statusCode = 500;
      response.end();
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function handle(options: EchoOptions, incoming: IncomingMessage, response: ServerResponse): Promise<void> {
  const raw = await buffer(incoming);
  const [path = "/", query = ""] = (incoming.url ?? "/").split(/\?(.*)/s);
  const head = { method: incoming.method ?? "GET", path, query, headers: incoming.headers as Record<string, string> };
  const signature = readSignature(head);
  const declared = signature === undefined ? undefined : declaredPayloadHash(signature, head);
  const { body, trailers } = await decodeBody(raw, declared, signature, options.secretAccessKey);
  const request: WireRequest = { ...head, body };
  const called = identify(options.models, request);
  const answer = await respond(options, request, {
    ...called,
    headers: head.headers,
    trailers,
    input: parseInput(called.operation, called.protocol, request, called.labels),
    signatureHolds:
      signature && verifySignature(signature, options.secretAccessKey, request, declared ?? sha256Hex(raw)),
  });
  response.writeHead(answer.status, answer.headers);
  if (answer.body instanceof Readable) {
    answer.body.pipe(response);
  } else {
    response.end(incoming.method === "HEAD" ? undefined : answer.body);
  }
}

async function respond(options: EchoOptions, request: WireRequest, understood: Understood): Promise<WireResponse> {
  const { operation, protocol } = understood;
  try {
    return serialiseOutput(operation, protocol, await options.answer(understood), "request-id");
  } catch (error) {
    if (error instanceof AwsError) {
      return serialiseError(operation.service, protocol, error, "request-id", request);
    }
    throw error;
  }
}

interface DecodedBody {
  readonly body: Buffer;
  readonly trailers: Readonly<Record<string, string>>;
}

async function decodeBody(
  raw: Buffer,
  declared: string | undefined,
  signature: Signature | undefined,
  secret: string,
): Promise<DecodedBody> {
  const form = declared === undefined ? undefined : streamingPayload(declared);
  if (form === undefined) {
    return { body: raw, trailers: {} };
  }
  const verifier =
    form.chunksSigned && signature !== undefined ? { verifier: new ChunkVerifier(signature, secret) } : {};
  const decoder = new AwsChunkedDecoder({ ...verifier, trailer: form.trailer });
  const body = await buffer(Readable.from([raw]).pipe(decoder));
  return { body, trailers: decoder.trailers };
}
