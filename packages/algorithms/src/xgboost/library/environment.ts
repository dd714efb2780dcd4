import { homedir } from "node:os";
import { join } from "node:path";

/** Environment variables, handed in by the program's main file. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Where Clary keeps what it fetched: `CLARY_CACHE_DIR`, else `clary` in the XDG cache directory. */
export function cacheDirectory(environment: Environment): string {
  const own = environment["CLARY_CACHE_DIR"];
  if (own !== undefined && own !== "") {
    return own;
  }
  const xdg = environment["XDG_CACHE_HOME"];
  return join(xdg === undefined || xdg === "" ? join(homedir(), ".cache") : xdg, "clary");
}

/** Below the cache directory: one folder per wheel, named `<distribution>-<version>`. */
export function wheelsDirectory(environment: Environment): string {
  return join(cacheDirectory(environment), "xgboost");
}
