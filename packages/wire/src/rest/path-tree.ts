/** Path templates of one service, segment by segment; `Leaf` is what is kept for a template. */
export interface PathTree<Leaf> {
  /** What ends here. */
  readonly leaves: Leaf[];
  readonly literals: Map<string, PathTree<Leaf>>;
  label: PathTree<Leaf> | undefined;
  /** What takes all the rest of the path. */
  readonly greedy: Leaf[];
}

export function emptyPathTree<Leaf>(): PathTree<Leaf> {
  return { leaves: [], literals: new Map(), label: undefined, greedy: [] };
}

/** Names of a template's labels in order, without the `+` of a greedy one. */
export function labelNames(template: string): readonly string[] {
  return [...template.matchAll(/\{([^}+]+)\+?\}/g)].map((match) => match[1] ?? "");
}

export function addPath<Leaf>(tree: PathTree<Leaf>, template: string, leaf: Leaf): void {
  let node = tree;
  for (const segment of template.split("/").filter((part) => part !== "")) {
    if (segment.endsWith("+}")) {
      node.greedy.push(leaf);
      return;
    }
    node = segment.startsWith("{") ? (node.label ??= emptyPathTree()) : literal(node, segment);
  }
  node.leaves.push(leaf);
}

function literal<Leaf>(node: PathTree<Leaf>, segment: string): PathTree<Leaf> {
  const known = node.literals.get(segment);
  if (known !== undefined) {
    return known;
  }
  const created = emptyPathTree<Leaf>();
  node.literals.set(segment, created);
  return created;
}

/** A match: what was kept for the template, and its labels' values as they stood in the path. */
export interface PathMatch<Leaf> {
  readonly leaves: readonly Leaf[];
  readonly values: readonly string[];
}

/**
 * Calls `accept` with each template that matches, literals before labels before greedy labels, until it returns
 * something. A slash at the end is passed over, except by a greedy label, for which it is part of the value.
 */
export function matchPath<Leaf, Result>(
  tree: PathTree<Leaf>,
  path: string,
  accept: (match: PathMatch<Leaf>) => Result | undefined,
): Result | undefined {
  const values: string[] = [];
  const visit = (node: PathTree<Leaf>, start: number): Result | undefined => {
    if (start >= path.length) {
      return node.leaves.length === 0 ? undefined : accept({ leaves: node.leaves, values });
    }
    const slash = path.indexOf("/", start);
    const end = slash < 0 ? path.length : slash;
    const segment = path.slice(start, end);
    const next = node.literals.get(segment);
    const found = next === undefined ? undefined : visit(next, end + 1);
    return found ?? (segment === "" ? undefined : visitLabel(node, segment, end + 1)) ?? visitGreedy(node, start);
  };
  const visitLabel = (node: PathTree<Leaf>, segment: string, next: number): Result | undefined => {
    if (node.label === undefined) {
      return undefined;
    }
    values.push(segment);
    const found = visit(node.label, next);
    values.pop();
    return found;
  };
  const visitGreedy = (node: PathTree<Leaf>, start: number): Result | undefined => {
    if (node.greedy.length === 0) {
      return undefined;
    }
    values.push(path.slice(start));
    const found = accept({ leaves: node.greedy, values });
    values.pop();
    return found;
  };
  return visit(tree, 1);
}
