import type { Cancellation } from "../cancellation.ts";
import type { RequestHead } from "../request-head.ts";

/** A request to one of our own addresses, under `/_clary/`. */
export interface LocalRequest extends RequestHead {
  readonly sourceIp: string;
  /** Aborts when the client goes away or the server stops. */
  readonly cancellation: Cancellation;
  /** The body, at most 1 MiB. @throws AwsError when it is larger. */
  body(): Promise<Buffer>;
}

export interface LocalResponse {
  readonly status: number;
  readonly contentType: string;
  readonly body: string | Uint8Array;
}

/** One of our own addresses. */
export interface LocalRoute {
  readonly method: "GET" | "POST";
  /** Begins with `/_clary/`; `/metrics` is the one exception. */
  readonly path: string;
  handle(request: LocalRequest): Promise<LocalResponse> | LocalResponse;
}

export function jsonResponse(status: number, value: unknown): LocalResponse {
  return { status, contentType: "application/json", body: `${JSON.stringify(value)}\n` };
}
