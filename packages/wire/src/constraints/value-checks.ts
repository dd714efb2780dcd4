import type { Range } from "../model/service-model-file.ts";
import type { ListShape, MapShape, ScalarShape } from "../model/shape.ts";

/** One constraint on one value: what AWS says of it, and whether a value keeps it. */
export interface ValueCheck {
  readonly constraint: string;
  readonly holds: (value: unknown) => boolean;
}

/**
 * The constraints of a scalar, in the order in which AWS reports several that a value breaks: pattern before length (seen
 * on CreateTrainingJob in 2023: pattern, then length).
 */
export function scalarChecks(shape: ScalarShape): readonly ValueCheck[] {
  if (shape.type === "string") {
    return [...patternChecks(shape), ...enumChecks(shape), ...lengthChecks(shape, textLength)];
  }
  if (shape.type === "blob") {
    return shape.streaming === true ? [] : lengthChecks(shape, byteLength);
  }
  return shape.type === "timestamp" || shape.type === "boolean" ? [] : rangeChecks(shape);
}

/** The constraints on how many items a list or map has. */
export function sizeChecks(shape: ListShape | MapShape): readonly ValueCheck[] {
  return lengthChecks(shape, shape.type === "list" ? itemCount : keyCount);
}

/** Lengths in AWS's models count code points. */
function textLength(value: unknown): number {
  const text = value as string;
  let length = text.length;
  for (let i = 0; i < text.length - 1; i++) {
    if ((text.charCodeAt(i) & 0xfc00) === 0xd800 && (text.charCodeAt(i + 1) & 0xfc00) === 0xdc00) {
      length--;
    }
  }
  return length;
}

function byteLength(value: unknown): number {
  return value instanceof Uint8Array ? value.length : 0;
}

function itemCount(value: unknown): number {
  return (value as readonly unknown[]).length;
}

function keyCount(value: unknown): number {
  return Object.keys(value as object).length;
}

function lengthChecks({ min, max }: Range, lengthOf: (value: unknown) => number): readonly ValueCheck[] {
  const checks: ValueCheck[] = [];
  if (max !== undefined) {
    checks.push({
      constraint: `Member must have length less than or equal to ${max}`,
      holds: (value) => lengthOf(value) <= max,
    });
  }
  if (min !== undefined) {
    checks.push({
      constraint: `Member must have length greater than or equal to ${min}`,
      holds: min === 0 ? () => true : (value) => lengthOf(value) >= min,
    });
  }
  return checks;
}

function rangeChecks({ min, max }: Range): readonly ValueCheck[] {
  const checks: ValueCheck[] = [];
  if (max !== undefined) {
    checks.push({
      constraint: `Member must have value less than or equal to ${max}`,
      holds: (value) => (value as number) <= max,
    });
  }
  if (min !== undefined) {
    checks.push({
      constraint: `Member must have value greater than or equal to ${min}`,
      holds: (value) => (value as number) >= min,
    });
  }
  return checks;
}

function enumChecks({ enum: values }: ScalarShape): readonly ValueCheck[] {
  if (values === undefined) {
    return [];
  }
  const allowed = new Set<unknown>(values);
  const constraint = `Member must satisfy enum value set: [${values.join(", ")}]`;
  return [{ constraint, holds: (value) => allowed.has(value) }];
}

/** A value far over its length is refused for that alone: a pattern's time may grow with its square. */
const MAX_MATCHED = 4096;

/** AWS matches the whole value. */
function patternChecks({ pattern, printedPattern, max }: ScalarShape): readonly ValueCheck[] {
  if (pattern === undefined) {
    return [];
  }
  const expression = new RegExp(`^(?:${pattern})$`, "u");
  const longest = Math.max(max ?? Number.POSITIVE_INFINITY, MAX_MATCHED);
  return [
    {
      constraint: `Member must satisfy regular expression pattern: ${printedPattern ?? pattern}`,
      holds: (value) => (value as string).length > longest || expression.test(value as string),
    },
  ];
}
