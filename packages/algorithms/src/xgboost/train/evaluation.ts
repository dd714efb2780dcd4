import { formatFixed5, formatGeneral } from "../../text/c-format.ts";
import type { XgboostImage } from "../image-version.ts";

/** One metric on one data set after a round. */
export interface Evaluation {
  /** `train` or `validation`. */
  readonly set: string;
  readonly metric: string;
  readonly value: number;
}

/** Reads the library's evaluation line: `[0]\ttrain-rmse:18.878…\tvalidation-rmse:…`. */
export function parseEvaluation(line: string): Evaluation[] {
  return line
    .split("\t")
    .slice(1)
    .map((item) => {
      const colon = item.lastIndexOf(":");
      const dash = item.indexOf("-");
      return {
        set: item.slice(0, dash),
        metric: item.slice(dash + 1, colon),
        value: parseValue(item.slice(colon + 1)),
      };
    });
}

/** The line of a round as the image prints it, with real TABs. */
export function formatEvaluation(round: number, evaluations: readonly Evaluation[], image: XgboostImage): string {
  const format = image.metricFormat === "general" ? formatGeneral : formatFixed5;
  return `[${round}]${evaluations.map(({ set, metric, value }) => `\t${set}-${metric}:${format(value)}`).join("")}`;
}

function parseValue(text: string): number {
  if (/^-?inf/.test(text)) {
    return text.startsWith("-") ? -Infinity : Infinity;
  }
  return Number(text);
}
