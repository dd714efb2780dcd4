/** `any` is `*` (any characters, also none), `one` is `?` (exactly one). */
export type GlobUnit = "any" | "one" | { readonly text: string };

/** Where `units` (no `any` among them) end when matched from `start`, or -1. */
function matchRun(units: readonly GlobUnit[], text: string, start: number): number {
  let at = start;
  for (const unit of units) {
    if (typeof unit === "object") {
      if (!text.startsWith(unit.text, at)) {
        return -1;
      }
      at += unit.text.length;
    } else if (at >= text.length) {
      return -1;
    } else {
      at += 1;
    }
  }
  return at;
}

const lengthOf = (units: readonly GlobUnit[]): number =>
  units.reduce((sum, unit) => sum + (typeof unit === "object" ? unit.text.length : 1), 0);

/** Units between two `*`; one more than there are `*`. */
export type GlobRuns = readonly (readonly GlobUnit[])[];

export function splitAtAny(units: readonly GlobUnit[]): GlobRuns {
  const runs: GlobUnit[][] = [[]];
  for (const unit of units) {
    if (unit === "any") {
      runs.push([]);
    } else {
      runs.at(-1)?.push(unit);
    }
  }
  return runs;
}

/**
 * Matches the whole of `text`. Each run between two `*` is taken at its first place, which never loses a match and keeps
 * the time below the product of both lengths, whoever wrote the pattern; a regular expression would not promise that.
 */
export function matchesGlob(runs: GlobRuns, text: string): boolean {
  const [first = [], ...rest] = runs;
  const last = rest.pop();
  if (last === undefined) {
    return matchRun(first, text, 0) === text.length;
  }
  let at = matchRun(first, text, 0);
  if (at < 0) {
    return false;
  }
  for (const run of rest) {
    let end = matchRun(run, text, at);
    while (end < 0 && at < text.length) {
      at += 1;
      end = matchRun(run, text, at);
    }
    if (end < 0) {
      return false;
    }
    at = end;
  }
  const tail = text.length - lengthOf(last);
  return tail >= at && matchRun(last, text, tail) === text.length;
}
