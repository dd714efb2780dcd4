import type { PythonObject, PythonValue } from "./python-text.ts";

/** A model's answer per row: `width` values. */
export interface ModelOutput {
  readonly values: Float32Array;
  readonly width: number;
  readonly objective: string;
  readonly classes: number;
}

type Column =
  | "predicted_label"
  | "labels"
  | "probability"
  | "probabilities"
  | "raw_score"
  | "raw_scores"
  | "predicted_score";

const REGRESSION: readonly Column[] = ["predicted_score"];
const WITH_PROBABILITIES: readonly Column[] = [
  "predicted_label",
  "labels",
  "probability",
  "probabilities",
  "raw_score",
  "raw_scores",
];
const WITHOUT_PROBABILITIES: readonly Column[] = ["predicted_label", "labels", "raw_score", "raw_scores"];

/** What each objective can answer when SAGEMAKER_INFERENCE_OUTPUT names columns; as in AWS's container. */
const COLUMNS: Readonly<Record<string, readonly Column[]>> = {
  "reg:squarederror": REGRESSION,
  "reg:linear": REGRESSION,
  "reg:logistic": REGRESSION,
  "reg:gamma": REGRESSION,
  "reg:absoluteerror": REGRESSION,
  "reg:tweedie": REGRESSION,
  "binary:logistic": WITH_PROBABILITIES,
  "binary:logitraw": WITHOUT_PROBABILITIES,
  "binary:hinge": WITHOUT_PROBABILITIES,
  "multi:softmax": WITHOUT_PROBABILITIES,
  "multi:softprob": WITH_PROBABILITIES,
};

/** Column names out of SAGEMAKER_INFERENCE_OUTPUT. */
export function selectedColumns(variable: string): readonly string[] {
  return variable.replaceAll(" ", "").toLowerCase().split(",");
}

/** One object per row with the columns asked for, `nan` where the objective has no such thing. */
export function selectOutput(output: ModelOutput, columns: readonly string[]): PythonObject[] {
  const possible = COLUMNS[output.objective];
  if (possible === undefined) {
    throw new RangeError(`Objective \`${output.objective}\` unsupported for selectable inference predictions.`);
  }
  const rows: PythonObject[] = [];
  for (let start = 0; start < output.values.length; start += output.width) {
    const scores = Array.from(output.values.subarray(start, start + output.width));
    rows.push({
      members: columns.map((name) => {
        const column = possible.find((candidate) => candidate === name);
        return [name, column === undefined ? Number.NaN : columnValue(column, scores, output)] as const;
      }),
    });
  }
  return rows;
}

function columnValue(column: Column, scores: readonly number[], output: ModelOutput): PythonValue {
  const first = scores[0] ?? Number.NaN;
  switch (column) {
    case "predicted_label":
      return predictedLabel(scores, output.objective);
    case "labels":
      return Array.from({ length: output.classes === 0 ? 2 : output.classes }, (_, label) => ({ integer: label }));
    case "probability":
    case "raw_score":
      return Math.max(...scores);
    case "probabilities":
    case "raw_scores":
      return scores.length === 1 ? [1 - first, first] : scores;
    case "predicted_score":
      return first;
  }
}

function predictedLabel(scores: readonly number[], objective: string): PythonValue {
  const first = scores[0] ?? Number.NaN;
  switch (objective) {
    case "binary:logistic":
      return { integer: first > 0.5 ? 1 : 0 };
    case "binary:logitraw":
      return { integer: first > 0 ? 1 : 0 };
    case "multi:softprob":
      return { integer: scores.indexOf(Math.max(...scores)) };
    default:
      return first;
  }
}
