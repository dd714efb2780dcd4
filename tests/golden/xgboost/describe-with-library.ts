import { findLibrary, installLibrary } from "@clary/algorithms/library";
import { describe } from "vitest";
// What version a library is, only the library itself can say.
import { NativeLibrary } from "../../../packages/algorithms/src/xgboost/library/native-library.ts";

/**
 * `describe` for tests that need libxgboost of one exact version: their numbers are that version's. In CI it is fetched,
 * and its absence is a failure; elsewhere the suite is skipped with the remedy in its name.
 */
export async function describeWithLibrary(
  version: string,
  title: string,
  suite: (libraryPath: string) => void,
): Promise<void> {
  const path = await libraryPath(version);
  const remedy = `libxgboost ${version} is missing: run clary doctor --fix, or set CLARY_LIBXGBOOST`;
  if (path === undefined) {
    console.warn(`SKIPPED: ${title}: ${remedy}`);
  }
  describe.skipIf(path === undefined)(`${title}${path === undefined ? ` [${remedy}]` : ""}`, () => {
    suite(path ?? "absent");
  });
}

async function libraryPath(version: string): Promise<string | undefined> {
  const found = findLibrary(process.env, version.split(".").slice(0, 2).join("."));
  if (found !== undefined && new NativeLibrary(found.path).versionText === version) {
    return found.path;
  }
  return process.env["CI"] ? (await installLibrary({ environment: process.env, version })).path : undefined;
}
