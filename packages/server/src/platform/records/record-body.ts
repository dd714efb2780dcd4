/**
 * Bodies as text: JSON, where what JSON lacks stands as an object with one key that begins with `$`. Keys of the body that begin
 * with `$` get another `$`, so that every body comes back as it was.
 */
export function encodeBody(body: unknown): string {
  return JSON.stringify(toPlain(body)) ?? "null";
}

export function decodeBody(text: string): unknown {
  // Most bodies hold nothing that JSON lacks, and parse natively.
  return text.includes('"$') ? fromPlain(JSON.parse(text)) : JSON.parse(text);
}

function toPlain(value: unknown): unknown {
  if (typeof value === "number" && !Number.isFinite(value)) {
    return { $number: String(value) };
  }
  if (typeof value === "bigint") {
    return { $bigint: String(value) };
  }
  if (typeof value !== "object" || value === null) {
    return value;
  }
  if (value instanceof Date) {
    return { $date: value.getTime() };
  }
  if (value instanceof Uint8Array) {
    return { $bytes: Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString("base64") };
  }
  return Array.isArray(value)
    ? value.map(toPlain)
    : mapEntries(value, (key) => (key.startsWith("$") ? `$${key}` : key), toPlain);
}

function fromPlain(value: unknown): unknown {
  if (typeof value !== "object" || value === null) {
    return value;
  }
  if (Array.isArray(value)) {
    return value.map(fromPlain);
  }
  const entries = Object.entries(value);
  const [first] = entries;
  if (entries.length === 1 && first !== undefined && isTag(first[0])) {
    return fromTag(first[0], first[1]);
  }
  return mapEntries(value, (key) => (key.startsWith("$$") ? key.slice(1) : key), fromPlain);
}

/** `__proto__` may be a key in a client's map: it must become a property like any other. */
function mapEntries(value: object, mapKey: (key: string) => string, mapValue: (value: unknown) => unknown): unknown {
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .map(([key, member]) => [mapKey(key), mapValue(member)]),
  );
}

function isTag(key: string): boolean {
  return key.startsWith("$") && !key.startsWith("$$");
}

function fromTag(tag: string, value: unknown): unknown {
  switch (tag) {
    case "$date":
      return new Date(Number(value));
    case "$bytes":
      return new Uint8Array(Buffer.from(String(value), "base64"));
    case "$bigint":
      return BigInt(String(value));
    case "$number":
      return Number(value);
    default:
      throw new Error(`A stored body holds ${tag}, which this server does not know.`);
  }
}
