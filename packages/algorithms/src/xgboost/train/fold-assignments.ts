export interface FoldOptions {
  readonly folds: number;
  /** The same seed gives the same folds. */
  readonly seed: number;
  /** Spread each class evenly over the folds. */
  readonly stratified: boolean;
}

/** The fold of each row: random, of equal sizes, give or take one. */
export function foldAssignments(labels: Float32Array, { folds, seed, stratified }: FoldOptions): Int32Array {
  const random = mulberry32(seed);
  const rows = Array.from(labels.keys());
  shuffle(rows, random);
  if (stratified) {
    // A stable sort by class keeps the random order inside each class; dealing the rows out then spreads every class.
    rows.sort((a, b) => (labels[a] ?? 0) - (labels[b] ?? 0));
  }
  const assignments = new Int32Array(labels.length);
  for (const [position, row] of rows.entries()) {
    assignments[row] = position % folds;
  }
  return assignments;
}

function shuffle(values: number[], random: () => number): void {
  for (let last = values.length - 1; last > 0; last--) {
    const chosen = Math.floor(random() * (last + 1));
    [values[last], values[chosen]] = [values[chosen] ?? 0, values[last] ?? 0];
  }
}

/** Tommy Ettinger's generator with 32 bits of state (public domain): enough to deal rows, and the same everywhere. */
function mulberry32(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
