import type { ErrorFile, HttpBinding, ServiceFacts } from "./service-model-file.ts";
import type { StructureShape } from "./shape.ts";

/** One operation of a service, ready to be parsed and serialised. */
export interface OperationModel {
  readonly name: string;
  readonly service: ServiceModel;
  /** Absent in services that are not REST. */
  readonly http?: HttpBinding;
  readonly input: StructureShape;
  readonly output: StructureShape;
  /** The input's payload is a stream of bytes: the body is handed on unread. */
  readonly streamsInput: boolean;
  /** The output's payload is a stream of bytes. */
  readonly streamsOutput: boolean;
  /** The output is a stream of events (`application/vnd.amazon.eventstream`). */
  readonly eventStreamOutput: boolean;
  /** The operation is called without a signature (`AssumeRoleWithWebIdentity`). */
  readonly unsigned: boolean;
  /** The request must carry a checksum of its body (`DeleteObjects`). */
  readonly checksumRequired: boolean;
  /** The XML answer is the one member's value, without an element around it (`GetBucketLocation`). */
  readonly unwrappedOutput: boolean;
  /** Clients put this before the host name (`stream-`). */
  readonly hostPrefix: string | undefined;
}

/** A modelled error. */
export interface ErrorModel extends Omit<ErrorFile, "shape"> {
  readonly shape: StructureShape;
}

/** A service: what it is called on the wire, what it can do, how it fails. */
export interface ServiceModel extends ServiceFacts {
  readonly operations: ReadonlyMap<string, OperationModel>;
  /** By shape name. */
  readonly errors: ReadonlyMap<string, ErrorModel>;
}
