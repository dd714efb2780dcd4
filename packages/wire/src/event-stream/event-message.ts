import { crc32 } from "node:zlib";

/** A header of an event; the type on the wire follows from the JavaScript type, numbers are 32-bit integers. */
export type EventHeader = string | boolean | number | bigint | Date | Uint8Array;

/** One message of `application/vnd.amazon.eventstream`. */
export interface EventMessage {
  readonly headers: Readonly<Record<string, EventHeader>>;
  readonly body: Uint8Array;
}

const PRELUDE = 12;
const TRAILER = 4;
/** AWS's own limits. */
const MAX_HEADERS = 128 * 1024;
const MAX_MESSAGE = 24 * 1024 * 1024;

const headerTypes = {
  true: 0,
  false: 1,
  byte: 2,
  short: 3,
  integer: 4,
  long: 5,
  bytes: 6,
  string: 7,
  timestamp: 8,
  uuid: 9,
} as const;

/** A message with its lengths and checksums. Throws RangeError when it is larger than a message may be. */
export function encodeEvent({ headers, body }: EventMessage): Buffer {
  const encoded = Buffer.concat(Object.entries(headers).map(([name, value]) => encodeHeader(name, value)));
  const length = PRELUDE + encoded.length + body.length + TRAILER;
  if (encoded.length > MAX_HEADERS || length > MAX_MESSAGE) {
    throw new RangeError("an event is larger than an event stream can carry");
  }
  const message = Buffer.alloc(length);
  message.writeUInt32BE(length, 0);
  message.writeUInt32BE(encoded.length, 4);
  message.writeUInt32BE(crc32(message.subarray(0, 8)), 8);
  message.set(encoded, PRELUDE);
  message.set(body, PRELUDE + encoded.length);
  message.writeUInt32BE(crc32(message.subarray(0, length - TRAILER)), length - TRAILER);
  return message;
}

function encodeHeader(name: string, value: EventHeader): Buffer {
  const nameBytes = Buffer.from(name, "utf8");
  return Buffer.concat([Uint8Array.of(nameBytes.length), nameBytes, encodeValue(value)]);
}

function encodeValue(value: EventHeader): Buffer {
  if (typeof value === "string") {
    return withLength(headerTypes.string, Buffer.from(value, "utf8"));
  }
  if (value instanceof Uint8Array) {
    return withLength(headerTypes.bytes, value);
  }
  if (typeof value === "boolean") {
    return Buffer.of(value ? headerTypes.true : headerTypes.false);
  }
  if (typeof value === "number") {
    const encoded = Buffer.alloc(5, headerTypes.integer);
    encoded.writeInt32BE(value, 1);
    return encoded;
  }
  const isDate = value instanceof Date;
  const encoded = Buffer.alloc(9, isDate ? headerTypes.timestamp : headerTypes.long);
  encoded.writeBigInt64BE(isDate ? BigInt(value.getTime()) : value, 1);
  return encoded;
}

function withLength(type: number, bytes: Uint8Array): Buffer {
  const head = Buffer.alloc(3, type);
  head.writeUInt16BE(bytes.length, 1);
  return Buffer.concat([head, bytes]);
}

/** Reads one message that fills `bytes`. Throws RangeError when a length or a checksum is wrong. */
export function decodeEvent(bytes: Uint8Array): EventMessage {
  const message = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (message.length < PRELUDE + TRAILER || message.readUInt32BE(0) !== message.length) {
    throw new RangeError("an event's length is wrong");
  }
  const end = message.length - TRAILER;
  if (
    message.readUInt32BE(8) !== crc32(message.subarray(0, 8)) ||
    message.readUInt32BE(end) !== crc32(message.subarray(0, end))
  ) {
    throw new RangeError("an event's checksum is wrong");
  }
  const bodyStart = PRELUDE + message.readUInt32BE(4);
  return { headers: decodeHeaders(message.subarray(PRELUDE, bodyStart)), body: message.subarray(bodyStart, end) };
}

function decodeHeaders(bytes: Buffer): Record<string, EventHeader> {
  const headers: Record<string, EventHeader> = {};
  let at = 0;
  while (at < bytes.length) {
    const valueStart = at + 1 + bytes.readUInt8(at);
    const name = bytes.toString("utf8", at + 1, valueStart);
    const type = bytes.readUInt8(valueStart);
    const { value, length } = decodeValue(type, bytes.subarray(valueStart + 1));
    headers[name] = value;
    at = valueStart + 1 + length;
  }
  return headers;
}

interface Decoded {
  readonly value: EventHeader;
  readonly length: number;
}

function decodeValue(type: number, bytes: Buffer): Decoded {
  const decode = decoders[type];
  if (decode === undefined) {
    throw new RangeError("an event's header is of an unknown type");
  }
  return decode(bytes);
}

function prefixed(bytes: Buffer): Buffer {
  return bytes.subarray(2, 2 + bytes.readUInt16BE(0));
}

const decoders: Readonly<Record<number, (bytes: Buffer) => Decoded>> = {
  [headerTypes.true]: () => ({ value: true, length: 0 }),
  [headerTypes.false]: () => ({ value: false, length: 0 }),
  [headerTypes.byte]: (bytes) => ({ value: bytes.readInt8(0), length: 1 }),
  [headerTypes.short]: (bytes) => ({ value: bytes.readInt16BE(0), length: 2 }),
  [headerTypes.integer]: (bytes) => ({ value: bytes.readInt32BE(0), length: 4 }),
  [headerTypes.long]: (bytes) => ({ value: bytes.readBigInt64BE(0), length: 8 }),
  [headerTypes.bytes]: (bytes) => ({ value: prefixed(bytes), length: 2 + bytes.readUInt16BE(0) }),
  [headerTypes.string]: (bytes) => ({ value: prefixed(bytes).toString("utf8"), length: 2 + bytes.readUInt16BE(0) }),
  [headerTypes.timestamp]: (bytes) => ({ value: new Date(Number(bytes.readBigInt64BE(0))), length: 8 }),
  [headerTypes.uuid]: (bytes) => ({ value: bytes.subarray(0, 16), length: 16 }),
};
