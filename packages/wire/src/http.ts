import type { Readable } from "node:stream";
import type { RequestBody } from "./request-body.ts";

/** A request as it came off the socket, before any service is known. */
export interface WireRequest {
  readonly method: string;
  /** The path as sent: percent-encoded, without the query string. */
  readonly path: string;
  /** The query string as sent, without its leading `?`. */
  readonly query: string;
  /** Names in lower case; values of repeated headers joined by `,`. */
  readonly headers: Readonly<Record<string, string>>;
  /** Collected bytes, or what becomes the streaming member of operations whose input streams (`OperationModel.streamsInput`). */
  readonly body: Uint8Array | Readable | RequestBody;
}

/** A response ready for the socket. */
export interface WireResponse {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Record<string, string>;
  readonly body: string | Uint8Array | Readable | undefined;
}
