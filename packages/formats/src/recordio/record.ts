/** A tensor of a record: all values, or with `keys` only those that are present. */
export interface RecordTensor {
  readonly kind: "float32" | "float64" | "int32";
  readonly values: Float32Array | Float64Array | Int32Array;
  /** Sparse: the position of each value. */
  readonly keys?: Float64Array;
  /** Sparse: how many positions there are. */
  readonly shape?: readonly number[];
}

/** Opaque bytes of a record, such as an image. */
export interface RecordBytes {
  readonly kind: "bytes";
  readonly value: readonly Uint8Array[];
  readonly contentType?: string;
}

/** `aialgs.data.Record`: what SageMaker's algorithms read and write in recordio-protobuf. */
export interface DataRecord {
  /** The usual key is `values`. */
  readonly features: ReadonlyMap<string, RecordTensor | RecordBytes>;
  readonly label: ReadonlyMap<string, RecordTensor | RecordBytes>;
  readonly uid?: string;
  readonly metadata?: string;
  readonly configuration?: string;
}
