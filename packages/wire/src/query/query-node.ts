import { malformedQueryString } from "../errors/request-errors.ts";
import type { FormPairs } from "./parse-form.ts";

/** What a dotted parameter name leads to: `Tags.member.1.Key=a` is a value four levels down. */
export interface QueryNode {
  value: string | undefined;
  readonly children: Map<string, QueryNode>;
}

/** No input nests deeper: each level of structure takes one to three parts of a name. */
const MAX_PARTS = 64;

/** The tree that dotted names describe. Throws MalformedQueryString when one is too deep. */
export function queryTree(pairs: FormPairs): QueryNode {
  const root: QueryNode = { value: undefined, children: new Map() };
  for (const [name, value] of pairs) {
    const parts = name.split(".", MAX_PARTS + 1);
    if (parts.length > MAX_PARTS) {
      throw malformedQueryString("The query string contains a parameter that nests too deep");
    }
    let node = root;
    for (const part of parts) {
      node = childOf(node, part);
    }
    node.value = value;
  }
  return root;
}

function childOf(node: QueryNode, name: string): QueryNode {
  const known = node.children.get(name);
  if (known !== undefined) {
    return known;
  }
  const child: QueryNode = { value: undefined, children: new Map() };
  node.children.set(name, child);
  return child;
}

const INDEX = /^\d{1,9}$/;

/** The items of a list, in the order of their numbers; numbers may be left out. */
export function indexedChildren(node: QueryNode): readonly QueryNode[] {
  return [...node.children]
    .filter(([name]) => INDEX.test(name))
    .sort(([a], [b]) => Number(a) - Number(b))
    .map(([, child]) => child);
}
