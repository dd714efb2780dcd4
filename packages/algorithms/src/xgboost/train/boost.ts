import { setImmediate as nextTurn } from "node:timers/promises";
import type { XgboostImage } from "../image-version.ts";
import type { Booster, EvaluationSet } from "../library/booster.ts";
import { customMetric } from "./custom-metrics.ts";
import type { EarlyStopping } from "./early-stopping.ts";
import { type Evaluation, formatEvaluation, parseEvaluation } from "./evaluation.ts";

/** A data set with the labels that the container's own metrics need. */
export interface WatchedSet extends EvaluationSet {
  readonly labels: Float32Array;
}

export interface BoostRun {
  readonly booster: Booster;
  readonly image: XgboostImage;
  /** The first is trained on; all are evaluated each round. */
  readonly sets: readonly [WatchedSet, ...WatchedSet[]];
  readonly firstRound: number;
  readonly rounds: number;
  /** Metrics that the library does not know. */
  readonly customMetrics: readonly string[];
  readonly earlyStopping?: EarlyStopping;
  /** Asked before each round, by all processes of a distributed training alike. */
  readonly shouldStop: () => boolean;
  /** Takes each round's line. */
  readonly log: (line: string) => void;
  /** Called after each round. */
  readonly afterRound?: (round: number) => Promise<void>;
}

/** Why boosting ended, and what the last round gave. */
export interface BoostOutcome {
  readonly reason: "completed" | "early-stopping" | "stopped";
  readonly lastEvaluations: readonly Evaluation[];
  /** Rounds in the model, with those of a checkpoint it went on from. */
  readonly rounds: number;
}

/** Boosts round after round, evaluating and logging each. The event loop runs between rounds: signals and output pass. */
export async function boost(run: BoostRun): Promise<BoostOutcome> {
  let lastEvaluations: readonly Evaluation[] = [];
  for (let round = run.firstRound; round < run.rounds; round++) {
    if (run.shouldStop()) {
      return { reason: "stopped", lastEvaluations, rounds: round };
    }
    run.booster.update(round, run.sets[0].matrix);
    lastEvaluations = evaluate(run, round);
    const line = formatEvaluation(round, lastEvaluations, run.image);
    run.log(line);
    const enough = run.earlyStopping?.observe(round, lastEvaluations, line) === true;
    announce(run, round, lastEvaluations);
    await run.afterRound?.(round);
    if (enough) {
      return { reason: "early-stopping", lastEvaluations, rounds: round + 1 };
    }
    await nextTurn();
  }
  return { reason: "completed", lastEvaluations, rounds: Math.max(run.firstRound, run.rounds) };
}

function evaluate(run: BoostRun, round: number): readonly Evaluation[] {
  const ofLibrary = parseEvaluation(run.booster.evaluate(round, run.sets));
  if (run.customMetrics.length === 0) {
    return ofLibrary;
  }
  return run.sets.flatMap((set) => {
    const predictions = run.booster.predict(set.matrix);
    const own = run.customMetrics.map((metric) => ({
      set: set.name,
      metric,
      value: customMetric(metric, set.labels, predictions),
    }));
    return [...ofLibrary.filter((evaluation) => evaluation.set === set.name), ...own];
  });
}

// The Python package of those images told after the first round what it would watch.
function announce(run: BoostRun, round: number, evaluations: readonly Evaluation[]): void {
  const watched = run.earlyStopping?.watched(evaluations);
  if (round > run.firstRound || watched === undefined || !run.image.announcesEarlyStopping) {
    return;
  }
  const name = `${watched.set}-${watched.metric}`;
  if (evaluations.length > 1) {
    run.log(`Multiple eval metrics have been passed: '${name}' will be used for early stopping.`);
    run.log("");
  }
  run.log(`Will train until ${name} hasn't improved in ${run.earlyStopping?.patience} rounds.`);
}
