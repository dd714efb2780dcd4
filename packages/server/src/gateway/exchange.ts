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
 * What is known of a request at each point of its life. Each handler of the chain sees what the ones before it found out
 * and returns what it found out itself; nothing is ever changed.
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

/** Found by `assignRequestId`. */
export interface Arrival {
  readonly requestId: string;
  readonly now: Date;
}

/** Found by `identifyService`. */
export interface Identity {
  readonly service: ServiceIndexEntry;
  readonly protocol: Protocol;
  /** Of an operation that the head names (target header, path of rpcv2Cbor); others are found by their path or form. */
  readonly operationName: string | undefined;
  /** The path with the bucket in it, for S3; the path as it came for all others. */
  readonly routedPath: string;
  /** Bucket of a virtual-host S3 address. */
  readonly hostBucket: string | undefined;
  /** The region that the host names. */
  readonly hostRegion: string | undefined;
  /** Read, not yet believed. */
  readonly signature: Signature | undefined;
  readonly signatureV2: SignatureV2 | undefined;
}

/** Found by `authenticate`. */
export interface Authentication {
  readonly caller: Caller;
  readonly region: string;
  /** The body as the signature covers it. */
  readonly signedBody: SignedBody;
}

/** Found by `findOperation`. */
export interface Call {
  readonly operation: OperationModel;
  /** Values in the path, decoded. */
  readonly labels: Labels;
  readonly boundService: Service;
  readonly boundOperation: BoundOperation;
}

/** Found by `parseOperation`. */
export interface Input {
  readonly input: object;
}

/** Found by `authorise`. */
export interface Permitted {
  readonly context: CallContext;
}

/** Found by `runOperation`. */
export interface Output {
  readonly output: object;
}

/** Found by `serialise`. */
export interface Answer {
  readonly answer: WireResponse;
}

export interface Arrived extends Incoming, Arrival {}
export interface Identified extends Arrived, Identity {}
export interface Authenticated extends Identified, Authentication {}
export interface Called extends Authenticated, Call {}
export interface Parsed extends Called, Input {}
export interface Authorised extends Parsed, Permitted {}
export interface Ran extends Authorised, Output {}
export interface Serialised extends Ran, Answer {}

/** How far a request got: what every request has, and what some have. */
export type Reached = Incoming & {
  readonly [Fact in Exclude<keyof Serialised, keyof Incoming>]: Serialised[Fact] | undefined;
};

/**
 * A request of which nothing has been found out. It has all its fields from the beginning, in the order in which they are
 * found: an object that grew by each handler would cost more than most handlers do.
 */
export function beginning({ head, body, secure, sourceIp, cancellation }: Incoming): Reached {
  return {
    head,
    body,
    secure,
    sourceIp,
    cancellation,
    requestId: undefined,
    now: undefined,
    service: undefined,
    protocol: undefined,
    operationName: undefined,
    routedPath: undefined,
    hostBucket: undefined,
    hostRegion: undefined,
    signature: undefined,
    signatureV2: undefined,
    caller: undefined,
    region: undefined,
    signedBody: undefined,
    operation: undefined,
    labels: undefined,
    boundService: undefined,
    boundOperation: undefined,
    input: undefined,
    context: undefined,
    output: undefined,
    answer: undefined,
  };
}
