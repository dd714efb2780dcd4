import { LineSplitter, RecordIoSplitter, splitRecordio, tfRecordPayload, TfRecordSplitter } from "@clary/formats";
import type { BatchStrategy } from "../run/transform-settings.ts";
import { lineBlocks } from "./line-blocks.ts";
import type { PayloadBuffers } from "./payload-buffers.ts";
import { PayloadTooLargeError } from "./payload-too-large-error.ts";

/** How an object becomes request bodies. */
export interface SplitPlan {
  readonly splitType: "None" | "Line" | "RecordIO" | "TFRecord";
  readonly strategy: BatchStrategy;
  readonly maxPayloadBytes: number;
  /** Of `maxPayloadBytes` each. Payloads may be parts of them: give them back when they were sent. */
  readonly buffers: PayloadBuffers;
}

type Source = AsyncIterable<Uint8Array>;
type Splitter = (source: Source, maxBytes: number, buffers: PayloadBuffers) => AsyncIterable<Buffer>;

/**
 * The request bodies of one object, in its order. With MULTI_RECORD as many whole records as fit, with their framing; with
 * SINGLE_RECORD one record each, without it. Throws PayloadTooLargeError, or DataFormatError for what is not of its type.
 */
export async function* payloadsOf(source: Source, plan: SplitPlan): AsyncGenerator<Buffer> {
  try {
    yield* splitters[plan.splitType][plan.strategy](source, plan.maxPayloadBytes, plan.buffers);
  } catch (error) {
    // The splitters' word for a record that is too long.
    throw error instanceof RangeError ? new PayloadTooLargeError({ cause: error }) : error;
  }
}

const splitters: Readonly<Record<SplitPlan["splitType"], Readonly<Record<BatchStrategy, Splitter>>>> = {
  None: { MULTI_RECORD: whole, SINGLE_RECORD: whole },
  Line: { MULTI_RECORD: lineBlocks, SINGLE_RECORD: singleLines },
  RecordIO: {
    MULTI_RECORD: (source, maxBytes) => together(RecordIoSplitter(source, { maxRecordBytes: maxBytes }), maxBytes),
    // The limit is on what is sent; framing and padding are at most 11 bytes.
    SINGLE_RECORD: (source, maxBytes) =>
      unframed(RecordIoSplitter(source, { maxRecordBytes: maxBytes + 11 }), recordIoPayload),
  },
  TFRecord: {
    MULTI_RECORD: (source, maxBytes) => together(TfRecordSplitter(source, { maxRecordBytes: maxBytes }), maxBytes),
    SINGLE_RECORD: (source, maxBytes) =>
      unframed(TfRecordSplitter(source, { maxRecordBytes: maxBytes + 16 }), tfRecordPayload),
  },
};

async function* whole(source: Source, maxBytes: number): AsyncGenerator<Buffer> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of source) {
    size += piece.length;
    if (size > maxBytes) {
      throw new PayloadTooLargeError();
    }
    pieces.push(piece);
  }
  yield Buffer.concat(pieces, size);
}

/** Lines without their ends. Empty lines are no records. */
async function* singleLines(source: Source, maxBytes: number): AsyncGenerator<Buffer> {
  for await (const line of LineSplitter(source, { maxRecordBytes: maxBytes + 2 })) {
    const record = line.subarray(0, lengthWithoutEnd(line));
    if (record.length > maxBytes) {
      throw new PayloadTooLargeError();
    }
    if (record.length > 0) {
      yield record;
    }
  }
}

const newline = 10;
const carriageReturn = 13;

function lengthWithoutEnd(line: Buffer): number {
  const end = line.at(-1) === newline ? line.length - 1 : line.length;
  return end > 0 && line[end - 1] === carriageReturn ? end - 1 : end;
}

/** Greedy: each payload takes records until the next one does not fit. */
async function* together(records: AsyncIterable<Buffer>, maxBytes: number): AsyncGenerator<Buffer> {
  let payload: Buffer[] = [];
  let size = 0;
  for await (const record of records) {
    if (size + record.length > maxBytes && size > 0) {
      yield Buffer.concat(payload, size);
      payload = [];
      size = 0;
    }
    payload.push(record);
    size += record.length;
  }
  if (size > 0) {
    yield Buffer.concat(payload, size);
  }
}

async function* unframed(
  records: AsyncIterable<Buffer>,
  payloadOf: (record: Buffer) => Buffer,
): AsyncGenerator<Buffer> {
  for await (const record of records) {
    yield payloadOf(record);
  }
}

function recordIoPayload(record: Buffer): Buffer {
  return Buffer.concat([...splitRecordio(record)]);
}
