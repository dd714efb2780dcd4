import { PlatformError } from "../../failures.ts";
import type { Environment } from "./environment.ts";
import { findLibrary, type LibraryLocation } from "./find-library.ts";
import { installLibrary } from "./install-library.ts";
import { NativeLibrary } from "./native-library.ts";
import { remedies } from "./remedies.ts";

export interface OpenOptions {
  readonly environment: Environment;
  /** Release that the image asks for: `1.7`. */
  readonly wanted?: string;
  readonly progress?: (line: string) => void;
}

const opened = new Map<string, NativeLibrary>();

/**
 * Opens libxgboost, once per process and path. Where neither `CLARY_LIBXGBOOST` nor the cache has one, the Python wheel is
 * fetched; where that fails, the system's library is used. Throws PlatformError naming every remedy.
 */
export async function openLibrary(options: OpenOptions): Promise<NativeLibrary> {
  const { path } = await locateLibrary(options);
  const known = opened.get(path) ?? new NativeLibrary(path);
  opened.set(path, known);
  return known;
}

/** Finds libxgboost, or fetches it, without opening it. */
export async function locateLibrary(options: OpenOptions): Promise<LibraryLocation> {
  const found = findLibrary(options.environment, options.wanted);
  if (found !== undefined && found.source !== "system") {
    return found;
  }
  try {
    return await installLibrary(options);
  } catch (error) {
    if (found !== undefined) {
      return found;
    }
    const reason = error instanceof Error ? error.message : String(error);
    throw new PlatformError(`XGBoost's library was not found. ${remedies} (${reason})`, { cause: error });
  }
}
