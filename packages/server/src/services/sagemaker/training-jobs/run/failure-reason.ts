import type { WorkloadExit } from "../../../../platform/compute/compute-backend.ts";
import { maxFailureReason } from "../../jobs/job-failure.ts";

/** How a host's container ended badly. */
export interface HostFailure {
  readonly exit: WorkloadExit;
  /** What it wrote to `output/failure`; empty when it wrote nothing. */
  readonly failureFile: string;
  /** What it printed last, as `LastLines` gives it. */
  readonly lastLines: string;
}

/** First words of a failure file → first words of the reason: whose turn it is. */
const blames: readonly (readonly [string, string])[] = [
  ["Customer Error: ", "ClientError: "],
  ["Platform Error: ", "InternalServerError: "],
];

const outOfMemory =
  "ClientError: Please use an instance type with more memory, or reduce the size of training data processed on an instance.";

/** Numbers of the signals that end processes; a container's exit code is 128 more. */
const signalNumbers: Readonly<Record<string, number>> = { SIGABRT: 6, SIGKILL: 9, SIGSEGV: 11, SIGTERM: 15 };

/** The FailureReason of a job whose container did not exit with 0. Says whose turn it is and quotes the end of the log. */
export function failureReason({ exit, failureFile, lastLines }: HostFailure): string {
  const code = exitCode(exit);
  const reason = exit.outOfMemory ? `${outOfMemory}, exit code: ${code}` : blamed(failureFile.trim(), code);
  const quote = lastLines.split(lineSeparator).filter((line) => !failureFile.includes(withoutEllipsis(line)));
  return (quote.length === 0 ? reason : `${reason}. Last log lines: ${quote.join(" | ")}`).slice(0, maxFailureReason);
}

/** Between the lines of `LastLines.text`. */
const lineSeparator = " | ";

/** Long lines were cut; what is left of one that repeats the failure file need not be said twice. */
function withoutEllipsis(line: string): string {
  return line.endsWith("…") ? line.slice(0, -1) : line;
}

function blamed(failureFile: string, code: number): string {
  if (failureFile === "") {
    return `AlgorithmError: Exit Code: ${code}`;
  }
  const [words, prefix] = blames.find(([start]) => failureFile.startsWith(start)) ?? ["", "AlgorithmError: "];
  return `${prefix}${failureFile.slice(words.length)}, exit code: ${code}`;
}

function exitCode({ code, signal }: WorkloadExit): number {
  return code ?? 128 + (signalNumbers[signal ?? ""] ?? 0);
}
