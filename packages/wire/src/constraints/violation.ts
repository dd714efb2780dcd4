/** One member of an input that breaks a constraint of its shape. */
export interface Violation {
  /** As AWS prints it: `productionVariants.1.member.instanceType`. */
  readonly path: string;
  /** The value as AWS prints it; undefined for what it does not print (sensitive members, bytes). */
  readonly value: string | undefined;
  /** `Member must not be null` … */
  readonly constraint: string;
  /** The value is missing, not wrong. */
  readonly missing: boolean;
}

/** `Value 'x' at 'path' failed to satisfy constraint: Member must …` */
export function violationText({ path, value, constraint, missing }: Violation): string {
  const shown = missing ? "Value null" : value === undefined ? "Value" : `Value '${value}'`;
  return `${shown} at '${path}' failed to satisfy constraint: ${constraint}`;
}

/** A value as Java prints it: `[a, b]`, `{key=value}`. */
export function printedValue(value: unknown): string {
  if (Array.isArray(value)) {
    return `[${value.map(printedValue).join(", ")}]`;
  }
  if (typeof value === "object" && value !== null && !(value instanceof Date)) {
    const entries = Object.entries(value).map(([key, content]) => `${key}=${printedValue(content)}`);
    return `{${entries.join(", ")}}`;
  }
  return value instanceof Date ? value.toISOString() : String(value);
}
