import type { ObjectListQuery } from "../../../platform/objects/object-store.ts";

export interface NameListing {
  readonly names: string[];
  readonly prefixes: string[];
  readonly next?: string;
}

/** Lists sorted names the slow and obvious way. */
export function listNames(sorted: readonly string[], query: ObjectListQuery): NameListing {
  const names: string[] = [];
  const prefixes: string[] = [];
  let last = "";
  for (const name of sorted.filter((candidate) => candidate.startsWith(query.prefix))) {
    const folded = foldedPrefix(name, query);
    const entry = folded ?? name;
    if (compareBytes(entry, query.after) <= 0 || prefixes.includes(entry)) {
      continue;
    }
    if (names.length + prefixes.length === query.limit) {
      return { names, prefixes, next: last };
    }
    (folded === undefined ? names : prefixes).push(entry);
    last = entry;
  }
  return { names, prefixes };
}

export function compareBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

function foldedPrefix(name: string, { prefix, delimiter }: ObjectListQuery): string | undefined {
  const end = delimiter === "" ? -1 : name.indexOf(delimiter, prefix.length);
  return end < 0 ? undefined : name.slice(0, end + delimiter.length);
}
