import { validationException } from "../../errors.ts";
import type { TransformJobRequest } from "../transform-job-record.ts";
import { type JsonPath, parseJsonPath } from "./json-path.ts";
import { type RowFormat, rowFormat } from "./row-format.ts";

/** What a job does to records before and after the model sees them. */
export interface ProcessingPlan {
  readonly inputFormat: RowFormat;
  readonly outputFormat: RowFormat;
  readonly inputFilter: JsonPath;
  readonly outputFilter: JsonPath;
  readonly joinsInput: boolean;
  /** Adds `SageMakerInferenceId` and `SageMakerInferenceTime` to each record. */
  readonly addsInferenceId: boolean;
}

/**
 * Undefined for jobs that leave records as they are.
 * @throws AwsError `ValidationException` for filters that are no paths, and for data that cannot be filtered or joined
 */
export function processingPlan(request: TransformJobRequest): ProcessingPlan | undefined {
  const { InputFilter: input, OutputFilter: output, JoinSource: source } = request.DataProcessing ?? {};
  const inputFilter = filterOf("InputFilter", input);
  const outputFilter = filterOf("OutputFilter", output);
  const joinsInput = source === "Input";
  const addsInferenceId = request.DataCaptureConfig?.GenerateInferenceId === true;
  if (inputFilter.isWhole && outputFilter.isWhole && !joinsInput && !addsInferenceId) {
    return undefined;
  }
  if (joinsInput) {
    checkJoin(request);
  }
  return { ...formatsOf(request), inputFilter, outputFilter, joinsInput, addsInferenceId };
}

function filterOf(member: string, text: string | undefined): JsonPath {
  const path = parseJsonPath(text === undefined || text === "" ? "$" : text);
  if (path === undefined) {
    throw validationException(
      `DataProcessing.${member} "${text}" is not a supported JSONPath. Supported operators: $, .name, *, ['name','name'], [number,number] and [start:end].`,
    );
  }
  return path;
}

function checkJoin({ TransformInput: input, TransformOutput: output }: TransformJobRequest): void {
  if (input.ContentType !== output.Accept) {
    throw validationException(
      `When JoinSource is Input, the ContentType of TransformInput and the Accept of TransformOutput must be the same, but they are "${input.ContentType ?? ""}" and "${output.Accept ?? ""}".`,
    );
  }
  const [split, assemble] = [input.SplitType ?? "None", output.AssembleWith ?? "None"];
  if (split !== assemble) {
    throw validationException(
      `When JoinSource is Input, the SplitType of TransformInput and the AssembleWith of TransformOutput must be the same, but they are "${split}" and "${assemble}".`,
    );
  }
}

function formatsOf({
  TransformInput: input,
  TransformOutput: output,
}: TransformJobRequest): Pick<ProcessingPlan, "inputFormat" | "outputFormat"> {
  const isSplit = input.SplitType === "Line";
  const contentType = input.ContentType ?? "";
  const inputFormat = rowFormat(contentType, isSplit);
  const outputFormat = rowFormat(output.Accept ?? contentType, isSplit);
  if (
    inputFormat === undefined ||
    outputFormat === undefined ||
    input.SplitType === "RecordIO" ||
    input.SplitType === "TFRecord"
  ) {
    throw validationException(
      "Filters, joins and inference ids need data in CSV or JSON: a ContentType and an Accept of text/csv, application/json or application/jsonlines, and SplitType None or Line.",
    );
  }
  return { inputFormat, outputFormat };
}
