/** How margins (sums of leaves) become predictions. */
export type Transformation = "identity" | "sigmoid" | "exponential" | "softmax" | "argmax" | "hinge";

/** Of every objective that an image's hyperparameters allow. Source: `src/objective/*.cu` of 1.7 and 3.2. */
const TRANSFORMATIONS: Readonly<Record<string, Transformation>> = {
  "binary:hinge": "hinge",
  "binary:logistic": "sigmoid",
  // Its base score is a margin already, unlike binary:logistic's.
  "binary:logitraw": "identity",
  "count:poisson": "exponential",
  "multi:softmax": "argmax",
  "multi:softprob": "softmax",
  "rank:map": "identity",
  "rank:ndcg": "identity",
  "rank:pairwise": "identity",
  "reg:absoluteerror": "identity",
  "reg:gamma": "exponential",
  "reg:linear": "identity",
  "reg:logistic": "sigmoid",
  "reg:pseudohubererror": "identity",
  "reg:squarederror": "identity",
  "reg:squaredlogerror": "identity",
  "reg:tweedie": "exponential",
  "survival:aft": "exponential",
  "survival:cox": "exponential",
};

/** Undefined for objectives that only the library knows. */
export function transformationOf(objective: string): Transformation | undefined {
  return Object.hasOwn(TRANSFORMATIONS, objective) ? TRANSFORMATIONS[objective] : undefined;
}

/** The margin that a base score stands for; float32, as the library has it. */
export function baseMargin(transformation: Transformation, baseScore: number): number {
  switch (transformation) {
    case "sigmoid":
      return Math.fround(-Math.log(1 / baseScore - 1));
    case "exponential":
      return Math.fround(Math.log(baseScore));
    case "identity":
    case "softmax":
    case "argmax":
    case "hinge":
      return Math.fround(baseScore);
  }
}

/** The base score that a margin stands for: the inverse of {@link baseMargin}. */
export function baseScoreOf(transformation: Transformation, margin: number): number {
  switch (transformation) {
    case "sigmoid":
      return 1 / (1 + Math.exp(-margin));
    case "exponential":
      return Math.exp(margin);
    case "identity":
    case "softmax":
    case "argmax":
    case "hinge":
      return margin;
  }
}

/** Turns margins, `groups` per row, into predictions, in place where their number stays the same. */
export function transformMargins(margins: Float32Array, groups: number, transformation: Transformation): Float32Array {
  switch (transformation) {
    case "identity":
      return margins;
    case "sigmoid":
      return mapInPlace(margins, sigmoid);
    case "exponential":
      return mapInPlace(margins, Math.exp);
    case "hinge":
      return mapInPlace(margins, (margin) => (margin > 0 ? 1 : 0));
    case "softmax":
      return softmax(margins, groups);
    case "argmax":
      return argmax(margins, groups);
  }
}

function mapInPlace(values: Float32Array, change: (value: number) => number): Float32Array {
  for (let index = 0; index < values.length; index++) {
    values[index] = change(values[index] ?? 0);
  }
  return values;
}

/** The library clamps here: exp of anything larger is infinite in float32. */
const LARGEST_EXPONENT = Math.fround(88.7);

function sigmoid(margin: number): number {
  const exponential = Math.fround(Math.exp(Math.min(-margin, LARGEST_EXPONENT)));
  return 1 / Math.fround(1 + exponential);
}

function softmax(margins: Float32Array, groups: number): Float32Array {
  for (let start = 0; start < margins.length; start += groups) {
    const row = margins.subarray(start, start + groups);
    const largest = row.reduce((max, margin) => Math.max(max, margin), -Infinity);
    let sum = 0;
    for (let group = 0; group < groups; group++) {
      const exponential = Math.fround(Math.exp(Math.fround((row[group] ?? 0) - largest)));
      row[group] = exponential;
      sum += exponential;
    }
    const divisor = Math.fround(sum);
    mapInPlace(row, (exponential) => exponential / divisor);
  }
  return margins;
}

function argmax(margins: Float32Array, groups: number): Float32Array {
  const classes = new Float32Array(margins.length / groups);
  for (let row = 0; row < classes.length; row++) {
    let best = 0;
    for (let group = 1; group < groups; group++) {
      best = (margins[row * groups + group] ?? 0) > (margins[row * groups + best] ?? 0) ? group : best;
    }
    classes[row] = best;
  }
  return classes;
}
