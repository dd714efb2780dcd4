/** A value in the form in which both sides are compared: bytes as base64, dates as ISO text, nothing undefined. */
export function comparable(value: unknown): unknown {
  if (value instanceof Date) {
    return value.toISOString();
  }
  if (value instanceof Uint8Array) {
    return Buffer.from(value).toString("base64");
  }
  if (typeof value === "bigint") {
    return value.toString();
  }
  // The client wraps JSON text in its own kind of String.
  if (value instanceof String) {
    return value.toString();
  }
  if (Array.isArray(value)) {
    return value.map(comparable);
  }
  if (typeof value !== "object" || value === null) {
    return value;
  }
  const entries = Object.entries(value).filter(([name, content]) => content !== undefined && name !== "$metadata");
  return Object.fromEntries(entries.map(([name, content]) => [name, comparable(content)]));
}

/** Where two comparable values first differ, for a person to read; undefined when they are equal. */
export function firstDifference(sent: unknown, got: unknown, path = ""): string | undefined {
  if (isTree(sent) && isTree(got) && Array.isArray(sent) === Array.isArray(got)) {
    for (const key of new Set([...Object.keys(sent), ...Object.keys(got)])) {
      const difference = firstDifference(sent[key], got[key], `${path}.${key}`);
      if (difference !== undefined) {
        return difference;
      }
    }
    return undefined;
  }
  return Object.is(sent, got) ? undefined : `${path}: sent ${shown(sent)}, got ${shown(got)}`;
}

function isTree(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

function shown(value: unknown): string {
  return (JSON.stringify(value) ?? "nothing").slice(0, 120);
}
