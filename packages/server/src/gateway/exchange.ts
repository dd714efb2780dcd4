import type {
  Labels,
  OperationModel,
  Protocol,
  ServiceIndexEntry,
  Signature,
  SignatureV2,
  WireResponse,
} from "@clary/wire";
import type { Caller } from "../services/caller.ts";
import type { BoundOperation, CallContext, Service } from "../services/operation.ts";
import type { IncomingBody } from "./body/incoming-body.ts";
import type { SignedBody } from "./body/signed-body.ts";
import type { RequestHead } from "./request-head.ts";

/*
 * What is known of a request at each point of its life. Each handler of the chain takes one of these and returns the next;
 * nothing that an earlier one wrote is ever changed.
 */

/** The head has come, nothing is known but what it says. */
export interface Incoming {
  readonly head: RequestHead;
  readonly body: IncomingBody;
  /** Over TLS, by the proxy for AWS's host names. */
  readonly secure: boolean;
  readonly sourceIp: string;
  /** Aborts when the client goes away or the server stops; made at its first use, for most requests never ask. */
  readonly cancellation: { readonly signal: AbortSignal };
}

export interface Arrived extends Incoming {
  readonly requestId: string;
  readonly now: Date;
}

export interface Identified extends Arrived {
  readonly service: ServiceIndexEntry;
  readonly protocol: Protocol;
  /** Of an operation that is named outside the path (target header, `Action` …); REST operations are found by their path. */
  readonly operationName: string | undefined;
  /** The path with the bucket in it, for S3; the path as it came for all others. */
  readonly routedPath: string;
  /** Bucket of a virtual-host S3 address. */
  readonly hostBucket: string | undefined;
  /** Read, not yet believed. */
  readonly signature: Signature | undefined;
  readonly signatureV2: SignatureV2 | undefined;
  /** The region that the host names. */
  readonly hostRegion: string | undefined;
}

export interface Authenticated extends Identified {
  readonly caller: Caller;
  readonly region: string;
  /** The body as the signature covers it. */
  readonly signedBody: SignedBody;
}

export interface Found extends Authenticated {
  readonly operation: OperationModel;
  /** Values in the path, decoded. */
  readonly labels: Labels;
  readonly boundService: Service;
  readonly boundOperation: BoundOperation;
}

export interface Parsed extends Found {
  readonly input: object;
}

export interface Authorised extends Parsed {
  readonly context: CallContext;
}

export interface Ran extends Authorised {
  readonly output: object;
}

export interface Serialised extends Ran {
  readonly answer: WireResponse;
}

/** How far a request got: what every request has, and what some have. */
export type Reached = Incoming & Partial<Omit<Serialised, keyof Incoming>>;
