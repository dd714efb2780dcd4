import type { JsonNode } from "./json-node.ts";
import { ProcessingError } from "./processing-error.ts";

/**
 * Which elements `[start:end]` means. AWS's documentation says that `$[1:4]` takes the second to the fifth; JSONPath elsewhere
 * stops before `end`.
 */
export type SliceEnd = "inclusive" | "exclusive";

type Selector =
  | { readonly kind: "names"; readonly names: readonly string[] }
  | { readonly kind: "indices"; readonly indices: readonly number[] }
  | { readonly kind: "slice"; readonly start: number | undefined; readonly end: number | undefined }
  | { readonly kind: "all" };

/**
 * A filter of a transform job: the operators `$`, `.name`, `['name','other']`, `*`, `[0]`, `[0,-1]` and `[1:4]` of JSONPath, which
 * are all that batch transform takes.
 */
export interface JsonPath {
  readonly text: string;
  /** `$`: everything, as it is. */
  readonly isWhole: boolean;
  readonly selectors: readonly Selector[];
}

/** Undefined when the text is no such path. */
export function parseJsonPath(text: string): JsonPath | undefined {
  if (!text.startsWith("$")) {
    return undefined;
  }
  const selectors: Selector[] = [];
  let rest = text.slice(1).trimEnd();
  while (rest !== "") {
    const step = nextStep(rest);
    if (step === undefined) {
      return undefined;
    }
    selectors.push(step.selector);
    rest = rest.slice(step.length);
  }
  return { text, isWhole: selectors.length === 0, selectors };
}

const name = String.raw`\s*(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)")\s*`;
const index = String.raw`\s*-?\d+\s*`;
const patterns: readonly (readonly [RegExp, (match: RegExpExecArray) => Selector])[] = [
  [/^\.?\[\s*\*\s*\]|^\.\*/, () => ({ kind: "all" })],
  [/^\.([^.[\]()*?@'"\s,:]+)/, ([, found = ""]) => ({ kind: "names", names: [found] })],
  [
    new RegExp(String.raw`^\.?\[(${name}(?:,${name})*)\]`),
    ([, list = ""]) => ({
      kind: "names",
      names: [...list.matchAll(new RegExp(name, "g"))].map((found) => unescaped(found[1] ?? found[2] ?? "")),
    }),
  ],
  [
    new RegExp(String.raw`^\.?\[(${index}(?:,${index})*)\]`),
    ([, list = ""]) => ({ kind: "indices", indices: list.split(",").map(Number) }),
  ],
  [
    /^\.?\[\s*(-?\d+)?\s*:\s*(-?\d+)?\s*\]/,
    ([, start, end]) => ({ kind: "slice", start: optionalNumber(start), end: optionalNumber(end) }),
  ],
];

function nextStep(text: string): { readonly selector: Selector; readonly length: number } | undefined {
  for (const [pattern, selectorOf] of patterns) {
    const match = pattern.exec(text);
    if (match !== null) {
      return { selector: selectorOf(match), length: match[0].length };
    }
  }
  return undefined;
}

function unescaped(quoted: string): string {
  return quoted.replaceAll(/\\(.)/g, "$1");
}

function optionalNumber(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Number(text);
}

/** Nodes that were found so far; a definite path leads to one. */
interface Found {
  readonly nodes: readonly JsonNode[];
  readonly isDefinite: boolean;
}

/**
 * What the path selects: the value itself where it can be only one, an object of several names, an array of everything else.
 * Throws ProcessingError for names and indices that are not there.
 */
export function select(path: JsonPath, root: JsonNode, sliceEnd: SliceEnd): JsonNode {
  let found: Found = { nodes: [root], isDefinite: true };
  for (const selector of path.selectors) {
    found = step(found, selector, sliceEnd, path);
  }
  const [only] = found.nodes;
  return found.isDefinite && only !== undefined ? only : { kind: "array", items: found.nodes };
}

function step(found: Found, selector: Selector, sliceEnd: SliceEnd, path: JsonPath): Found {
  const isOne = selector.kind === "names" || (selector.kind === "indices" && selector.indices.length === 1);
  return {
    nodes: found.nodes.flatMap((node) => selected(node, selector, sliceEnd, path)),
    isDefinite: found.isDefinite && isOne,
  };
}

function selected(node: JsonNode, selector: Selector, sliceEnd: SliceEnd, path: JsonPath): readonly JsonNode[] {
  switch (selector.kind) {
    case "names":
      return [namedIn(node, selector.names, path)];
    case "indices":
      return selector.indices.map((position) => itemOf(node, position, path));
    case "slice":
      return sliceOf(node, selector, sliceEnd, path);
    case "all":
      return node.kind === "object" ? node.members.map(({ value }) => value) : itemsOf(node, path);
  }
}

function namedIn(node: JsonNode, names: readonly string[], path: JsonPath): JsonNode {
  const members = names.map((wanted) => {
    // The last one counts, as everywhere where a name is repeated.
    const member = node.kind === "object" ? node.members.findLast((candidate) => candidate.name === wanted) : undefined;
    if (member === undefined) {
      throw new ProcessingError(`the path ${path.text} finds no '${wanted}'`);
    }
    return member;
  });
  const [only] = members;
  return members.length === 1 && only !== undefined ? only.value : { kind: "object", members };
}

function itemOf(node: JsonNode, position: number, path: JsonPath): JsonNode {
  const items = itemsOf(node, path);
  const item = items.at(position);
  if (item === undefined) {
    throw new ProcessingError(`the path ${path.text} is out of range: there are ${items.length} elements`);
  }
  return item;
}

function sliceOf(
  node: JsonNode,
  { start, end }: { readonly start: number | undefined; readonly end: number | undefined },
  sliceEnd: SliceEnd,
  path: JsonPath,
): readonly JsonNode[] {
  const items = itemsOf(node, path);
  const fromStart = (position: number): number => (position < 0 ? Math.max(0, items.length + position) : position);
  const stop = end === undefined ? items.length : fromStart(end) + (sliceEnd === "inclusive" ? 1 : 0);
  return items.slice(fromStart(start ?? 0), stop);
}

function itemsOf(node: JsonNode, path: JsonPath): readonly JsonNode[] {
  if (node.kind !== "array") {
    throw new ProcessingError(`the path ${path.text} selects elements of something that is not a list`);
  }
  return node.items;
}
