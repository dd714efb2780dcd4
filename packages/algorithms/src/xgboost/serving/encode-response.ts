import { frameRecord, writeRecord } from "@clary/formats";
import type { InvocationResponse } from "../../serving-model.ts";
import { pythonFloat } from "../../text/python-float.ts";
import type { XgboostImage } from "../image-version.ts";
import { InvocationError } from "./invocation-error.ts";
import { type PythonObject, pythonJson, pythonString, type PythonValue } from "./python-text.ts";
import { type ModelOutput, selectedColumns, selectOutput } from "./selected-output.ts";

/** How a host answers: its image, and what its container's environment says. */
export interface ResponseStyle {
  readonly image: XgboostImage;
  /** SAGEMAKER_BATCH: each record ends with a newline. */
  readonly batch: boolean;
  /** SAGEMAKER_INFERENCE_OUTPUT; absent when not set. */
  readonly selected?: string;
  /** SAGEMAKER_DEFAULT_INVOCATIONS_ACCEPT. */
  readonly defaultAccept: string;
}

const ACCEPTED = ["application/json", "application/jsonlines", "application/x-recordio-protobuf", "text/csv"];

/** The answer to a request with these predictions. Throws InvocationError 406 for an Accept that the image refuses. */
export function encodeResponse(output: ModelOutput, accept: string, style: ResponseStyle): InvocationResponse {
  const selected = style.selected === undefined ? undefined : selectedColumns(style.selected);
  const type = style.image.honoursAccept || selected !== undefined ? acceptedType(accept, style) : "text/csv";
  if (selected !== undefined) {
    return encodeObjects(selectOutput(output, selected), selected, type, style);
  }
  if (type === "text/csv") {
    return csv(plainCsv(output, style));
  }
  const rows = rowValues(output).map((score) => ({ members: [["score", score] as const] }));
  return encodeObjects(rows, ["score"], type, style);
}

function acceptedType(accept: string, style: ResponseStyle): string {
  const type = accept.split(";")[0]?.trim().toLowerCase() ?? "";
  if (type === "" || type === "*/*") {
    return style.defaultAccept;
  }
  if (!ACCEPTED.includes(type)) {
    const list = ACCEPTED.map((name) => `'${name}'`).join(", ");
    throw new InvocationError(
      406,
      `Accept type ${type} is not supported. Please use supported accept types: [${list}].`,
    );
  }
  return type;
}

function plainCsv(output: ModelOutput, { image, batch }: ResponseStyle): string {
  if (output.width === 1) {
    return joinRows(printed(output.values), image, batch);
  }
  const lists = image.csvSeparator === ",";
  const rows = rowValues(output).map((row) =>
    lists || !Array.isArray(row) ? pythonString(row) : row.map((value) => pythonString(value)).join(","),
  );
  return joinRows(rows, image, batch);
}

/** A loop: `Array.from` with a function takes a third longer, and batch transforms print millions of values. */
function printed(values: Float32Array): string[] {
  const rows: string[] = [];
  for (const value of values) {
    rows.push(pythonFloat(value));
  }
  return rows;
}

function joinRows(rows: readonly string[], image: XgboostImage, batch: boolean): string {
  return batch ? `${rows.join("\n")}\n` : rows.join(image.csvSeparator);
}

function rowValues({ values, width }: ModelOutput): PythonValue[] {
  const rows: PythonValue[] = [];
  for (let start = 0; start < values.length; start += width) {
    rows.push(width === 1 ? (values[start] ?? Number.NaN) : Array.from(values.subarray(start, start + width)));
  }
  return rows;
}

function encodeObjects(
  rows: readonly PythonObject[],
  columns: readonly string[],
  type: string,
  style: ResponseStyle,
): InvocationResponse {
  switch (type) {
    case "application/json":
      return text(type, pythonJson({ members: [["predictions", rows]] }));
    case "application/jsonlines":
      return text(type, rows.map((row) => `${pythonJson(row)}\n`).join(""));
    case "application/x-recordio-protobuf":
      return { status: 200, contentType: type, body: Buffer.concat(rows.map(encodeRecord)) };
    default:
      return csv(selectedCsv(rows, columns) + (style.batch ? "\n" : ""));
  }
}

/** Lists stand in quotes: `1,"[0.1, 0.9]"`. */
function selectedCsv(rows: readonly PythonObject[], columns: readonly string[]): string {
  return rows
    .map(({ members }) => {
      const values = new Map(members);
      return columns
        .map((column) => {
          const value = values.get(column) ?? Number.NaN;
          return Array.isArray(value) ? `"${pythonString(value)}"` : pythonString(value);
        })
        .join(",");
    })
    .join("\n");
}

function encodeRecord({ members }: PythonObject): Buffer {
  const label = new Map(
    members.map(([name, value]) => [name, { kind: "float32" as const, values: Float32Array.from(numbersOf(value)) }]),
  );
  return frameRecord(writeRecord({ label }));
}

function numbersOf(value: PythonValue): number[] {
  if (typeof value === "number") {
    return [value];
  }
  if (typeof value === "object" && "integer" in value) {
    return [value.integer];
  }
  return Array.isArray(value) ? value.flatMap((item: PythonValue) => numbersOf(item)) : [];
}

/** Numbers and punctuation: one byte a character, which is written faster than UTF-8 that might hold more. */
function csv(body: string): InvocationResponse {
  return { status: 200, contentType: "text/csv; charset=utf-8", body: Buffer.from(body, "latin1") };
}

function text(contentType: string, body: string): InvocationResponse {
  return { status: 200, contentType, body: Buffer.from(body, "utf8") };
}
