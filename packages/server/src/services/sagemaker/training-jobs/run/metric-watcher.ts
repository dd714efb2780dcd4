import type { FinalMetric, TrainingJobBody } from "../training-job-record.ts";
import { lastMatches } from "./last-matches.ts";

/** Lines that are looked at together. */
const batchSize = 256;

/** Longer lines are cut before they are looked at: no metric is printed that far to the right. */
const maxLineChars = 4096;

interface SeenLine {
  readonly text: string;
  readonly at: Date;
}

/** Finds a job's metrics in its log: of each definition, the last value that its pattern's first group had. */
export class MetricWatcher {
  readonly #patterns: Map<string, string>;
  readonly #final = new Map<string, FinalMetric>();
  #batch: SeenLine[] = [];

  constructor(definitions: TrainingJobBody["metricDefinitions"]) {
    this.#patterns = new Map(definitions.map(({ Name, Regex }) => [Name, Regex]));
  }

  /** Takes a line as CloudWatch shows it, with TAB as `#011`. */
  add(line: string, at: Date): void {
    this.#batch.push({ text: line.slice(0, maxLineChars), at });
    if (this.#batch.length >= batchSize) {
      this.#evaluate();
    }
  }

  /** In the order of the definitions; those that never matched are absent. */
  final(): readonly FinalMetric[] {
    this.#evaluate();
    return [...this.#patterns.keys()].flatMap((name) => this.#final.get(name) ?? []);
  }

  #evaluate(): void {
    const lines = this.#batch;
    this.#batch = [];
    if (lines.length === 0) {
      return;
    }
    const { matches, unusable } = lastMatches(
      this.#patterns,
      lines.map(({ text }) => text),
    );
    for (const { name, line, value } of matches) {
      this.#final.set(name, { MetricName: name, Value: value, Timestamp: lines[line]?.at ?? new Date(0) });
    }
    unusable.forEach((name) => this.#patterns.delete(name));
  }
}
