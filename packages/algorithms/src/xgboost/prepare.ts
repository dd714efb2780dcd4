import { dirname } from "node:path";
import type { Preparation } from "../algorithm.ts";
import { xgboostImage } from "./image-version.ts";
import type { Environment } from "./library/environment.ts";
import { locateLibrary } from "./library/open-library.ts";

/** Finds or fetches libxgboost for an image version. */
export async function prepare(
  imageVersion: string,
  log: (line: string) => void,
  environment: Environment,
): Promise<Preparation> {
  const wanted = xgboostImage(imageVersion).release;
  const { path, source } = await locateLibrary({ environment, wanted, progress: log });
  return { environment: { CLARY_LIBXGBOOST: path }, readablePaths: source === "system" ? [] : libraryFolders(path) };
}

/** In a wheel the library is `xgboost/lib/libxgboost.so`, and its libgomp is in a folder beside `xgboost`. */
function libraryFolders(path: string): readonly string[] {
  const folder = dirname(path);
  return path.endsWith("/xgboost/lib/libxgboost.so") ? [dirname(dirname(folder))] : [folder];
}
