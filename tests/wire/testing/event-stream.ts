import { Readable } from "node:stream";

/** The array of an output's stream of events as the stream itself; no other member of such outputs is an array. */
export function withEventStream(output: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(output).map(([name, value]) => [name, Array.isArray(value) ? Readable.from(value) : value]),
  );
}
