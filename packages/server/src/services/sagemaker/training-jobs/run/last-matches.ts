import { type Context, createContext, Script } from "node:vm";
import { requiredText } from "./required-text.ts";

export interface PatternMatch {
  readonly name: string;
  /** Index of the line. */
  readonly line: number;
  readonly value: number;
}

export interface PatternMatches {
  readonly matches: readonly PatternMatch[];
  /** Names of patterns that are no regular expressions, or would not end in time. */
  readonly unusable: readonly string[];
}

/** Time for all patterns together, and for each alone once they took too long together. */
const timeoutMs = { together: 500, alone: 100 };

/**
 * For each pattern, the last line in which its first group is a number. Patterns come from users and run in this process; some
 * would take for ever on some lines, and only V8's own time limit, which contexts of node:vm have, can interrupt one.
 */
export function lastMatches(patterns: ReadonlyMap<string, string>, lines: readonly string[]): PatternMatches {
  const candidates = thoseThatMayMatch(patterns, lines);
  try {
    return candidates.length === 0 ? { matches: [], unusable: [] } : runSearch(candidates, lines, timeoutMs.together);
  } catch {
    return eachAlone(candidates, lines);
  }
}

/**
 * XGBoost's images define more than seventy metrics, of which a job prints two: trying them all took 190 µs a line, and this
 * process has better things to do.
 */
function thoseThatMayMatch(
  patterns: ReadonlyMap<string, string>,
  lines: readonly string[],
): readonly (readonly [string, string])[] {
  const text = lines.join("\n");
  return [...patterns].filter(([, source]) => text.includes(requiredText(source)));
}

function eachAlone(patterns: readonly (readonly [string, string])[], lines: readonly string[]): PatternMatches {
  const matches: PatternMatch[] = [];
  const unusable: string[] = [];
  for (const pattern of patterns) {
    try {
      const found = runSearch([pattern], lines, timeoutMs.alone);
      matches.push(...found.matches);
      unusable.push(...found.unusable);
    } catch {
      unusable.push(pattern[0]);
    }
  }
  return { matches, unusable };
}

const search = new Script(`
  (() => {
    const found = { matches: [], unusable: [] };
    for (const [name, source] of patterns) {
      let pattern;
      try {
        pattern = new RegExp(source);
      } catch {
        found.unusable.push(name);
        continue;
      }
      for (let line = lines.length - 1; line >= 0; line--) {
        const match = pattern.exec(lines[line]);
        const value = match === null || match[1] === undefined ? NaN : Number.parseFloat(match[1]);
        if (Number.isFinite(value)) {
          found.matches.push({ name, line, value });
          break;
        }
      }
    }
    return found;
  })()
`);

interface SearchSandbox extends Context {
  patterns: readonly (readonly [string, string])[];
  lines: readonly string[];
}

/** One context for all searches: making one takes longer than most of them. */
let shared: SearchSandbox | undefined;

function runSearch(patterns: SearchSandbox["patterns"], lines: readonly string[], timeout: number): PatternMatches {
  shared ??= createContext({ patterns: [], lines: [] }) as SearchSandbox;
  Object.assign(shared, { patterns, lines });
  return search.runInContext(shared, { timeout }) as PatternMatches;
}
