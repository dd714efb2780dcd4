import { DataFormatError } from "../data-format-error.ts";
import { LENGTH_DELIMITED, ProtobufReader } from "./protobuf-wire.ts";
import type { DataRecord, RecordBytes, RecordTensor } from "./record.ts";

/** Reads one record. Unknown fields are skipped. Throws DataFormatError. */
export function readRecord(bytes: Uint8Array): DataRecord {
  const features = new Map<string, RecordTensor | RecordBytes>();
  const label = new Map<string, RecordTensor | RecordBytes>();
  const texts: { uid?: string; metadata?: string; configuration?: string } = {};
  const reader = new ProtobufReader(bytes);
  while (!reader.done) {
    const { field, wireType } = reader.tag();
    const target = field === 1 ? features : field === 2 ? label : undefined;
    const textName = TEXT_FIELDS[field];
    if (wireType !== LENGTH_DELIMITED || (target === undefined && textName === undefined)) {
      reader.skip(wireType);
    } else if (target !== undefined) {
      target.set(...readEntry(reader.bytes()));
    } else if (textName !== undefined) {
      texts[textName] = Buffer.from(reader.bytes()).toString("utf8");
    }
  }
  return { features, label, ...texts };
}

const TEXT_FIELDS: Readonly<Record<number, "uid" | "metadata" | "configuration">> = {
  3: "uid",
  4: "metadata",
  5: "configuration",
};

/** A map entry: key = 1, value = 2. */
function readEntry(bytes: Uint8Array): [string, RecordTensor | RecordBytes] {
  let key = "";
  let value: RecordTensor | RecordBytes = { kind: "float32", values: new Float32Array(0) };
  eachField(bytes, (reader, field) => {
    if (field === 1) {
      key = Buffer.from(reader.bytes()).toString("utf8");
      return true;
    }
    if (field === 2) {
      value = readValue(reader.bytes());
      return true;
    }
    return false;
  });
  return [key, value];
}

const TENSOR_KINDS: Readonly<Record<number, RecordTensor["kind"]>> = { 2: "float32", 3: "float64", 7: "int32" };
const BYTES_FIELD = 9;

function readValue(bytes: Uint8Array): RecordTensor | RecordBytes {
  let value: RecordTensor | RecordBytes | undefined;
  eachField(bytes, (reader, field) => {
    const kind = TENSOR_KINDS[field];
    if (kind !== undefined) {
      value = readTensor(kind, reader.bytes());
      return true;
    }
    if (field === BYTES_FIELD) {
      value = readBytes(reader.bytes());
      return true;
    }
    return false;
  });
  if (value === undefined) {
    throw new DataFormatError("a record holds a value of an unknown kind");
  }
  return value;
}

function readTensor(kind: RecordTensor["kind"], bytes: Uint8Array): RecordTensor {
  const values: number[] = [];
  const keys: number[] = [];
  const shape: number[] = [];
  const readOne = (reader: ProtobufReader): number => {
    switch (kind) {
      case "float32":
        return reader.float32();
      case "float64":
        return reader.float64();
      case "int32":
        return reader.int32();
    }
  };
  const reader = new ProtobufReader(bytes);
  while (!reader.done) {
    const { field, wireType } = reader.tag();
    const target = [undefined, values, keys, shape][field];
    if (target === undefined) {
      reader.skip(wireType);
      continue;
    }
    const one = field === 1 ? readOne : (from: ProtobufReader): number => from.varint();
    readRepeated(reader, wireType, one, target);
  }
  return {
    kind,
    values:
      kind === "float32"
        ? Float32Array.from(values)
        : kind === "float64"
          ? Float64Array.from(values)
          : Int32Array.from(values),
    ...(keys.length === 0 ? {} : { keys: Float64Array.from(keys) }),
    ...(shape.length === 0 ? {} : { shape }),
  };
}

/** Repeated numbers come packed, or, from old writers, one field each. */
function readRepeated(
  reader: ProtobufReader,
  wireType: number,
  one: (reader: ProtobufReader) => number,
  into: number[],
): void {
  if (wireType !== LENGTH_DELIMITED) {
    into.push(one(reader));
    return;
  }
  const packed = new ProtobufReader(reader.bytes());
  while (!packed.done) {
    into.push(one(packed));
  }
}

function readBytes(bytes: Uint8Array): RecordBytes {
  const value: Uint8Array[] = [];
  let contentType: string | undefined;
  eachField(bytes, (reader, field) => {
    if (field === 1) {
      value.push(reader.bytes());
      return true;
    }
    if (field === 2) {
      contentType = Buffer.from(reader.bytes()).toString("utf8");
      return true;
    }
    return false;
  });
  return { kind: "bytes", value, ...(contentType === undefined ? {} : { contentType }) };
}

/** Calls `take` for each length-delimited field; skips what it does not take. */
function eachField(bytes: Uint8Array, take: (reader: ProtobufReader, field: number) => boolean): void {
  const reader = new ProtobufReader(bytes);
  while (!reader.done) {
    const { field, wireType } = reader.tag();
    if (wireType !== LENGTH_DELIMITED || !take(reader, field)) {
      reader.skip(wireType);
    }
  }
}
