import type { Operand } from "./operand.ts";
import { compilePattern } from "./pattern.ts";

const componentCount = 6;
const pieces = /\$\{[^}]*\}|:|[^:$]+|\$/gu;

/** The six components of an ARN; the last takes all further colons. Colons inside `${…}` do not separate. */
function componentsOf(arn: string): string[] | undefined {
  const components = [""];
  for (const [piece] of arn.matchAll(pieces)) {
    if (piece === ":" && components.length < componentCount) {
      components.push("");
    } else {
      components[components.length - 1] += piece;
    }
  }
  return components.length === componentCount ? components : undefined;
}

/** Each component is compared by itself: a `*` does not reach over a colon, except in the last. */
export function arnOperand(text: string, variables: boolean): Operand {
  const patterns = text === "*" ? [] : componentsOf(text)?.map((component) => compilePattern(component, variables));
  return (value, keys) => {
    const given = value.split(":");
    if (patterns === undefined || given.length < componentCount || given[0] !== "arn") {
      return undefined;
    }
    const components = [...given.slice(0, componentCount - 1), given.slice(componentCount - 1).join(":")];
    if (!patterns.every((pattern) => pattern.resolves(keys))) {
      return undefined;
    }
    return patterns.every((pattern, index) => pattern.matches(components[index] ?? "", keys));
  };
}
