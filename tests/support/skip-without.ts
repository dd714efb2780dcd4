/**
 * Whether to skip tests that this machine cannot run. It says so, with the remedy; in CI, where a skipped test would be
 * noticed by nobody, it throws instead.
 */
export function skipWithout(isThere: boolean, what: string, remedy: string): boolean {
  if (!isThere && process.env["CI"]) {
    throw new Error(`${what}; ${remedy}`);
  }
  if (!isThere) {
    console.warn(`SKIPPED: ${what}; ${remedy}`);
  }
  return !isThere;
}
