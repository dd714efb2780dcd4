/** Whom a process talks to. Ranks follow the ring, so that the next process has the next rank. */
export interface RabitLinks {
  /** -1 at the root. */
  readonly parent: number;
  /** Neighbours in the tree. */
  readonly tree: readonly number[];
  readonly previous: number;
  readonly next: number;
}

/**
 * Links of `count` processes: a binary tree for reductions, and a ring that walks it and shares its edges where it can.
 * Source: the tracker protocol of rabit, as XGBoost's Python package 1.7 speaks it.
 */
export function rabitTopology(count: number): readonly RabitLinks[] {
  const ring = walk(0, count);
  const rankOf = new Map(ring.map((node, rank) => [node, rank]));
  const rank = (node: number): number => rankOf.get(node) ?? 0;
  return ring.map((node, position) => ({
    parent: node === 0 ? -1 : rank(parentOf(node)),
    tree: neighbours(node, count).map(rank),
    previous: (position + count - 1) % count,
    next: (position + 1) % count,
  }));
}

function parentOf(node: number): number {
  return Math.floor((node + 1) / 2) - 1;
}

function childrenOf(node: number, count: number): number[] {
  return [2 * node + 1, 2 * node + 2].filter((child) => child < count);
}

function neighbours(node: number, count: number): number[] {
  return [...(node === 0 ? [] : [parentOf(node)]), ...childrenOf(node, count)];
}

/** The nodes below `node` in an order in which the last subtree is walked backwards, so that the ring closes near its start. */
function walk(node: number, count: number): number[] {
  const subtrees = childrenOf(node, count).map((child) => walk(child, count));
  const last = subtrees.pop()?.toReversed() ?? [];
  return [node, ...subtrees.flat(), ...last];
}
