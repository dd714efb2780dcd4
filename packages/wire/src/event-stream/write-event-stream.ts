import { Readable } from "node:stream";
import { AwsError } from "../aws-error.ts";
import type { Member, Shape, StructureShape } from "../model/shape.ts";
import { isStructure } from "../model/shape.ts";
import { asBytes } from "../scalars/blobs.ts";
import { encodeEvent, type EventHeader, type EventMessage } from "./event-message.ts";

export const EVENT_STREAM_TYPE = "application/vnd.amazon.eventstream";

/** How a protocol writes an event's members that are neither headers nor the event's whole payload. */
export interface EventFormat {
  readonly contentType: string;
  readonly write: (shape: StructureShape, value: unknown) => string;
}

/** An output's stream of events: the member that carries it and its shape. */
export interface EventStreamMember {
  readonly name: string;
  readonly events: StructureShape;
}

/** The member of an output that is a stream of events. */
export function eventStreamMember(output: StructureShape): EventStreamMember | undefined {
  for (const { name, shape } of output.members) {
    if (isStructure(shape) && shape.eventStream === true) {
      return { name, events: shape };
    }
  }
  return undefined;
}

/**
 * The body that carries events, each given as the one member of the stream's union. An AwsError that ends the source is
 * sent as the stream's exception of that name, or else as an unmodelled error. Any other error is sent as a failure and
 * then fails the body, for the server to see.
 */
export function writeEventStream(
  events: StructureShape,
  source: AsyncIterable<unknown>,
  format: EventFormat,
  initial?: EventMessage,
): Readable {
  return Readable.from(encodeAll(events, source, format, initial), { objectMode: false });
}

async function* encodeAll(
  events: StructureShape,
  source: AsyncIterable<unknown>,
  format: EventFormat,
  initial: EventMessage | undefined,
): AsyncGenerator<Buffer> {
  if (initial !== undefined) {
    yield encodeEvent(initial);
  }
  try {
    for await (const event of source) {
      yield encodeEvent(eventMessage(events, event, format));
    }
  } catch (error) {
    yield encodeEvent(errorMessage(events, error, format));
    if (!(error instanceof AwsError)) {
      throw error;
    }
  }
}

function eventMessage(events: StructureShape, event: unknown, format: EventFormat): EventMessage {
  const content = event as Readonly<Record<string, unknown>>;
  const member = events.members.find(({ name }) => content[name] !== undefined);
  if (member === undefined) {
    throw new TypeError(`${events.name} has no member ${Object.keys(content).join(", ")}`);
  }
  return memberMessage(member, content[member.name], format);
}

function memberMessage({ name, shape, error }: Member, value: unknown, format: EventFormat): EventMessage {
  const kind = error === true ? "exception" : "event";
  const headers: Record<string, EventHeader> = { ":message-type": kind, [`:${kind}-type`]: name };
  if (!isStructure(shape)) {
    throw new TypeError(`${name} is no structure`);
  }
  const content = value as Readonly<Record<string, unknown>>;
  for (const member of shape.members) {
    const header = member.eventHeader === true ? content[member.name] : undefined;
    if (header !== undefined) {
      headers[member.name] = header as EventHeader;
    }
  }
  const payload = shape.members.find((member) => member.eventPayload === true);
  return payload === undefined
    ? documentMessage(shape, content, headers, format)
    : payloadMessage(payload.shape, content[payload.name], headers, format);
}

function payloadMessage(
  shape: Shape,
  value: unknown,
  headers: Record<string, EventHeader>,
  format: EventFormat,
): EventMessage {
  if (isStructure(shape)) {
    return documentMessage(shape, value ?? {}, headers, format);
  }
  headers[":content-type"] = shape.type === "blob" ? "application/octet-stream" : "text/plain";
  const body = typeof value === "string" ? Buffer.from(value, "utf8") : asBytes(value ?? Buffer.alloc(0));
  return { headers, body };
}

function documentMessage(
  shape: StructureShape,
  value: unknown,
  headers: Record<string, EventHeader>,
  { contentType, write }: EventFormat,
): EventMessage {
  const members = shape.members.filter(({ eventHeader }) => eventHeader !== true);
  if (members.length === 0) {
    return { headers, body: Buffer.alloc(0) };
  }
  headers[":content-type"] = contentType;
  return { headers, body: Buffer.from(write(shape, value), "utf8") };
}

function errorMessage(events: StructureShape, error: unknown, format: EventFormat): EventMessage {
  if (!(error instanceof AwsError)) {
    return unmodelledError("InternalFailure", "We encountered an internal error. Please try again.");
  }
  const member = events.members.find(({ name }) => name === error.code);
  if (member === undefined || !isStructure(member.shape)) {
    return unmodelledError(error.code, error.message);
  }
  const messageName = member.shape.members.find(({ name }) => name.toLowerCase() === "message")?.name ?? "message";
  return memberMessage(member, { ...error.members, [messageName]: error.message }, format);
}

function unmodelledError(code: string, text: string): EventMessage {
  return {
    headers: { ":message-type": "error", ":error-code": code, ":error-message": text },
    body: Buffer.alloc(0),
  };
}
