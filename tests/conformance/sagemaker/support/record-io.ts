/** A row as a RecordIO frame around the protobuf `Record` of SageMaker's algorithms: the label and the features as Float32 tensors. */
export function recordIoRows(rows: readonly (readonly number[])[]): Uint8Array {
  return Buffer.concat(rows.map(([label = 0, ...features]) => frame(record(features, label))));
}

/** Magic, length, payload and zeros up to a multiple of four bytes. */
function frame(payload: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt32LE(0xced7230a, 0);
  head.writeUInt32LE(payload.length, 4);
  return Buffer.concat([head, payload, Buffer.alloc((4 - (payload.length % 4)) % 4)]);
}

/** `Record{map<string,Value> features = 1; map<string,Value> label = 2}`, either with the one key `values`. */
function record(features: readonly number[], label: number): Buffer {
  const entry = (values: readonly number[]): Buffer =>
    Buffer.concat([delimited(1, Buffer.from("values")), delimited(2, delimited(2, tensor(values)))]);
  return Buffer.concat([delimited(1, entry(features)), delimited(2, entry([label]))]);
}

/** `Float32Tensor{repeated float values = 1 [packed]}`. */
function tensor(values: readonly number[]): Buffer {
  return delimited(1, Buffer.from(Float32Array.from(values).buffer));
}

/** A length-delimited field of less than 128 bytes. */
function delimited(field: number, content: Buffer): Buffer {
  return Buffer.concat([Buffer.of((field << 3) | 2, content.length), content]);
}
