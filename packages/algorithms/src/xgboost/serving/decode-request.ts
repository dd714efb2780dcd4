import {
  DataFormatError,
  type DenseTable,
  parseCsv,
  parseJsonInstances,
  parseJsonLines,
  parseLibsvm,
  readRecords,
  RecordTableBuilder,
  type SparseTable,
} from "@clary/formats";
import { InvocationError } from "./invocation-error.ts";

/** Rows of a request, and the format as messages name it. */
export interface DecodedRequest {
  readonly features: DenseTable | SparseTable;
  readonly format: "csv" | "libsvm" | "json" | "jsonlines" | "recordio-protobuf";
}

const FORMATS: Readonly<Record<string, DecodedRequest["format"]>> = {
  csv: "csv",
  "text/csv": "csv",
  libsvm: "libsvm",
  "text/libsvm": "libsvm",
  "text/x-libsvm": "libsvm",
  "application/json": "json",
  "application/jsonlines": "jsonlines",
  "recordio-protobuf": "recordio-protobuf",
  "application/x-recordio-protobuf": "recordio-protobuf",
};

/** Reads a request's body by its content type. Throws InvocationError 415, as the container answers what it cannot read. */
export function decodeRequest(contentType: string, body: Uint8Array): DecodedRequest {
  const type = contentType.split(";")[0]?.trim().toLowerCase() ?? "";
  const format = type === "" ? guessFormat(body) : FORMATS[type];
  if (format === undefined) {
    throw new InvocationError(415, `Content-type ${contentType} is not supported.`);
  }
  try {
    return { format, features: decoders[format](body) };
  } catch (error) {
    if (error instanceof DataFormatError) {
      throw loadingFailed(format, error);
    }
    throw error;
  }
}

const decoders: Readonly<Record<DecodedRequest["format"], (body: Uint8Array) => DenseTable | SparseTable>> = {
  csv: parseCsv,
  libsvm: (body) => parseLibsvm(body, { labelOptional: true }).features,
  json: (body) => parseJsonInstances(body).features,
  jsonlines: (body) => parseJsonLines(body).features,
  "recordio-protobuf": (body) => {
    const table = new RecordTableBuilder();
    for (const record of readRecords(body)) {
      table.add(record);
    }
    return table.finish().features;
  },
};

const COLON = 58;

// A request without a type: LIBSVM has colons, CSV of numbers has none.
function guessFormat(body: Uint8Array): DecodedRequest["format"] {
  return body.subarray(0, 512).includes(COLON) ? "libsvm" : "csv";
}

function loadingFailed(format: string, error: DataFormatError): InvocationError {
  const reason = `<class 'ValueError'>${format === "recordio-protobuf" ? "" : "\n"} ${error.message}`;
  const separator = format === "recordio-protobuf" ? " " : "\n ";
  return new InvocationError(
    415,
    `Loading ${format} data failed with Exception, please ensure data is in ${format} format:${separator}${reason}`,
  );
}
