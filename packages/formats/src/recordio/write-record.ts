import { ProtobufWriter } from "./protobuf-wire.ts";
import type { DataRecord, RecordBytes, RecordTensor } from "./record.ts";

/** Writes one record, without its frame. */
export function writeRecord(record: Partial<DataRecord>): Buffer {
  const writer = new ProtobufWriter();
  for (const [key, value] of record.features ?? []) {
    writer.bytesField(1, writeEntry(key, value));
  }
  for (const [key, value] of record.label ?? []) {
    writer.bytesField(2, writeEntry(key, value));
  }
  for (const [index, text] of [record.uid, record.metadata, record.configuration].entries()) {
    if (text !== undefined) {
      writer.textField(index + 3, text);
    }
  }
  return writer.toBuffer();
}

const VALUE_FIELDS = { float32: 2, float64: 3, int32: 7, bytes: 9 } as const;

function writeEntry(key: string, value: RecordTensor | RecordBytes): Buffer {
  const kind = new ProtobufWriter();
  kind.bytesField(VALUE_FIELDS[value.kind], value.kind === "bytes" ? writeBytes(value) : writeTensor(value));
  const entry = new ProtobufWriter();
  entry.textField(1, key);
  entry.bytesField(2, kind.toBuffer());
  return entry.toBuffer();
}

function writeTensor({ kind, values, keys, shape }: RecordTensor): Buffer {
  const writer = new ProtobufWriter();
  if (kind === "int32") {
    writer.varintsField(1, values);
  } else {
    writer.bytesField(1, new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
  }
  if (keys !== undefined) {
    writer.varintsField(2, keys);
  }
  if (shape !== undefined) {
    writer.varintsField(3, shape);
  }
  return writer.toBuffer();
}

function writeBytes({ value, contentType }: RecordBytes): Buffer {
  const writer = new ProtobufWriter();
  for (const item of value) {
    writer.bytesField(1, item);
  }
  if (contentType !== undefined) {
    writer.textField(2, contentType);
  }
  return writer.toBuffer();
}
