import type { Predictions } from "../library/booster.ts";

/** Computes a metric from transformed predictions. */
type Metric = (labels: Float32Array, predictions: Predictions) => number;

/** Metrics that AWS's container computes itself, after scikit-learn's definitions. */
const METRICS: Readonly<Record<string, Metric>> = {
  accuracy: (labels, predictions) => confusion(labels, predictions).accuracy,
  balanced_accuracy: (labels, predictions) => mean(presentClasses(labels, predictions).map(({ recall }) => recall)),
  f1: (labels, predictions) => mean(classScores(labels, predictions).map(({ f1 }) => f1)),
  f1_binary: (labels, predictions) => positiveClass(labels, predictions).f1,
  f1_macro: (labels, predictions) => mean(classScores(labels, predictions).map(({ f1 }) => f1)),
  mse: meanSquaredError,
  precision: (labels, predictions) => positiveClass(labels, predictions).precision,
  precision_macro: (labels, predictions) => mean(classScores(labels, predictions).map(({ precision }) => precision)),
  precision_micro: (labels, predictions) => confusion(labels, predictions).accuracy,
  r2: (labels, predictions) => 1 - meanSquaredError(labels, predictions) / variance(labels),
  recall: (labels, predictions) => positiveClass(labels, predictions).recall,
  recall_macro: (labels, predictions) => mean(classScores(labels, predictions).map(({ recall }) => recall)),
  recall_micro: (labels, predictions) => confusion(labels, predictions).accuracy,
};

export function isLibraryMetric(metric: string): boolean {
  return METRICS[metric] === undefined;
}

/** Value of a metric that is not the library's. */
export function customMetric(metric: string, labels: Float32Array, predictions: Predictions): number {
  return METRICS[metric]?.(labels, predictions) ?? Number.NaN;
}

interface ClassScore {
  readonly label: number;
  /** Rows that have the label. */
  readonly support: number;
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
}

interface Confusion {
  readonly accuracy: number;
  readonly scores: readonly ClassScore[];
}

function confusion(labels: Float32Array, predictions: Predictions): Confusion {
  const predicted = predictedLabels(predictions);
  const hits = new Map<number, number>();
  const support = new Map<number, number>();
  const claimed = new Map<number, number>();
  let correct = 0;
  for (const [row, label] of labels.entries()) {
    const guess = predicted[row] ?? Number.NaN;
    increment(support, label);
    increment(claimed, guess);
    if (guess === label) {
      correct++;
      increment(hits, label);
    }
  }
  const all = [...new Set([...support.keys(), ...claimed.keys()])];
  const scores = all.map((label) =>
    classScore(label, hits.get(label) ?? 0, support.get(label) ?? 0, claimed.get(label) ?? 0),
  );
  return { accuracy: correct / labels.length, scores };
}

function classScore(label: number, hits: number, support: number, claimed: number): ClassScore {
  const ratio = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);
  return {
    label,
    support,
    precision: ratio(hits, claimed),
    recall: ratio(hits, support),
    f1: ratio(2 * hits, support + claimed),
  };
}

function classScores(labels: Float32Array, predictions: Predictions): readonly ClassScore[] {
  return confusion(labels, predictions).scores;
}

function presentClasses(labels: Float32Array, predictions: Predictions): readonly ClassScore[] {
  return classScores(labels, predictions).filter(({ support }) => support > 0);
}

function positiveClass(labels: Float32Array, predictions: Predictions): ClassScore {
  return classScores(labels, predictions).find(({ label }) => label === 1) ?? classScore(1, 0, 0, 0);
}

/** The most probable class, or the prediction rounded as Python rounds: halves to even. */
function predictedLabels({ values, width }: Predictions): Float32Array {
  const labels = new Float32Array(values.length / width);
  for (let row = 0; row < labels.length; row++) {
    const scores = values.subarray(row * width, (row + 1) * width);
    labels[row] = width === 1 ? roundHalfEven(scores[0] ?? 0) : scores.indexOf(Math.max(...scores));
  }
  return labels;
}

function roundHalfEven(value: number): number {
  const rounded = Math.round(value);
  return Math.abs(value % 1) === 0.5 && rounded % 2 !== 0 ? rounded - 1 : rounded;
}

function meanSquaredError(labels: Float32Array, { values }: Predictions): number {
  return labels.reduce((sum, label, row) => sum + ((values[row] ?? 0) - label) ** 2, 0) / labels.length;
}

function variance(values: Float32Array): number {
  const average = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.reduce((sum, value) => sum + (value - average) ** 2, 0) / values.length;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function increment(counts: Map<number, number>, key: number): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
