import { access } from "node:fs/promises";
import { findLibrary, installLibrary, type LibraryLocation } from "@clary/algorithms/library";
import type { CheckUp, Finding } from "./finding.ts";
import { pipVersion } from "./check-python.ts";

const name = "libxgboost";
const remedy =
  "clary doctor --fix fetches it with pip; or set CLARY_LIBXGBOOST to a libxgboost.so, or install one (Debian: apt-get install libxgboost0).";

/** XGBoost is the real library: training and batch work need it. It is fetched at the first job where it is missing. */
export async function checkLibrary({ environment, fix, progress }: CheckUp): Promise<Finding> {
  const found = findLibrary(environment);
  if (found !== undefined) {
    return (await isReadable(found.path))
      ? { name, state: "ok", detail: describe(found) }
      : { name, state: "problem", detail: `${found.path} (from ${found.source}) is not there`, remedy };
  }
  if (!fix) {
    return (await pipVersion()) === undefined
      ? { name, state: "problem", detail: "not found", remedy }
      : {
          name,
          state: "note",
          detail: "not here yet; the first training fetches it with pip, or clary doctor --fix now",
        };
  }
  try {
    return { name, state: "ok", detail: describe(await installLibrary({ environment, progress })) };
  } catch (error) {
    return { name, state: "problem", detail: error instanceof Error ? error.message : String(error), remedy };
  }
}

function describe({ path, source, version }: LibraryLocation): string {
  return `${version ?? "version known when opened"}, from ${source}: ${path}`;
}

function isReadable(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
