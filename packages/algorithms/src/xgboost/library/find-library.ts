import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { type Environment, wheelsDirectory } from "./environment.ts";

/** Where a libxgboost was found. */
export interface LibraryLocation {
  /** Absolute path of the shared object. */
  readonly path: string;
  /** Which of the places it is: `CLARY_LIBXGBOOST`, a wheel in Clary's cache, or the system's. */
  readonly source: "CLARY_LIBXGBOOST" | "cache" | "system";
  /** As the place names it; absent where only opening the library tells. */
  readonly version?: string;
}

const SHARED_OBJECTS = ["libxgboost.so", "libxgboost.dylib", "xgboost.dll"];
const SYSTEM_NAMES = ["libxgboost.so", "libxgboost.so.3", "libxgboost.so.0", "libxgboost.dylib"];
const SYSTEM_DIRECTORIES = [
  "/usr/lib/x86_64-linux-gnu",
  "/usr/lib/aarch64-linux-gnu",
  "/usr/lib64",
  "/usr/lib",
  "/usr/local/lib",
  "/opt/homebrew/lib",
];

/**
 * Looks for libxgboost without opening it: `CLARY_LIBXGBOOST`, then Clary's cache, then the system's. In the cache, the
 * newest wheel of the release that `wanted` names (`1.7`) wins, else the newest of all.
 */
export function findLibrary(environment: Environment, wanted?: string): LibraryLocation | undefined {
  return fromVariable(environment) ?? findCachedLibrary(environment, wanted) ?? findSystemLibrary();
}

/** The path in `CLARY_LIBXGBOOST` is taken as it is: when nothing is there, opening it says so. */
function fromVariable(environment: Environment): LibraryLocation | undefined {
  const path = environment["CLARY_LIBXGBOOST"];
  return path === undefined || path === "" ? undefined : { path, source: "CLARY_LIBXGBOOST" };
}

/** A wheel that {@link installLibrary} unpacked. */
function findCachedLibrary(environment: Environment, wanted?: string): LibraryLocation | undefined {
  const directory = wheelsDirectory(environment);
  const found = listDirectories(directory).flatMap((name) => {
    const version = /-(\d+\.\d+\.\d+)/.exec(name)?.[1];
    const path = sharedObjectIn(join(directory, name));
    return version === undefined || path === undefined ? [] : [{ path, source: "cache" as const, version }];
  });
  const ofRelease = found.filter(({ version }) => wanted !== undefined && version.startsWith(`${wanted}.`));
  return (ofRelease.length > 0 ? ofRelease : found).toSorted((a, b) => compareVersions(b.version, a.version))[0];
}

function findSystemLibrary(): LibraryLocation | undefined {
  const paths = SYSTEM_DIRECTORIES.flatMap((directory) => SYSTEM_NAMES.map((name) => join(directory, name)));
  const path = paths.find((candidate) => existsSync(candidate));
  return path === undefined ? undefined : { path, source: "system" };
}

/** In the layout of a wheel; its RPATH finds the libgomp beside it. */
export function sharedObjectIn(wheelDirectory: string): string | undefined {
  return SHARED_OBJECTS.map((name) => join(wheelDirectory, "xgboost", "lib", name)).find((path) => existsSync(path));
}

function listDirectories(directory: string): string[] {
  if (!existsSync(directory)) {
    return [];
  }
  return readdirSync(directory, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []));
}

function compareVersions(a: string, b: string): number {
  return a.localeCompare(b, "en", { numeric: true });
}
