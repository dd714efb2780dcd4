/** Runs `clary` with the given arguments and resolves with its exit code. */
export async function runCommandLine(_arguments: readonly string[]): Promise<number> {
  return 1;
}
