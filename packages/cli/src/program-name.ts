/** What a person types to run this program again: npm's scripts and npx do not put it on the PATH of the shell. */
export function programName(environment: Readonly<Record<string, string | undefined>>): string {
  return environment["npm_execpath"] === undefined ? "clary" : "npx clary";
}
