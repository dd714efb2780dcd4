import { isMaximized } from "../manifest/metrics.ts";
import type { Evaluation } from "./evaluation.ts";

/** Best round so far. */
export interface BestRound {
  readonly round: number;
  readonly score: number;
  /** The log line of that round. */
  readonly line: string;
}

/** Ends training when the watched metric has not improved for a number of rounds. Equal is no improvement. */
export class EarlyStopping {
  best: BestRound | undefined;
  /** Rounds without improvement after which to stop. */
  readonly patience: number;
  readonly #metric: string | undefined;

  /** @param metric watched on the last data set; its last metric when absent */
  constructor(patience: number, metric?: string) {
    this.patience = patience;
    this.#metric = metric;
  }

  /** The evaluation that decides. */
  watched(evaluations: readonly Evaluation[]): Evaluation | undefined {
    const last = evaluations.at(-1);
    return evaluations.find(({ set, metric }) => set === last?.set && metric === this.#metric) ?? last;
  }

  /** Goes on from what a checkpoint's attributes say, as Python's package stores them. */
  resume({ best_iteration: round, best_score: score, best_msg: line = "" }: Readonly<Record<string, string>>): void {
    if (round !== undefined && score !== undefined) {
      this.best = { round: Number(round), score: Number(score), line };
    }
  }

  /** Takes the evaluations of a round; true when training should end. */
  observe(round: number, evaluations: readonly Evaluation[], line: string): boolean {
    const watched = this.watched(evaluations);
    if (watched === undefined) {
      return false;
    }
    if (this.best === undefined || improves(watched, this.best.score)) {
      this.best = { round, score: watched.value, line };
      return false;
    }
    return round - this.best.round >= this.patience;
  }
}

function improves({ metric, value }: Evaluation, best: number): boolean {
  return isMaximized(metric) ? value > best : value < best;
}
