import { mkdir, mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { PlatformError } from "../../failures.ts";
import { findLibrary } from "./find-library.ts";
import { installLibrary } from "./install-library.ts";
import { openLibrary } from "./open-library.ts";

async function cacheWith(...wheels: string[]): Promise<string> {
  const cache = await mkdtemp(join(tmpdir(), "clary-cache-"));
  for (const wheel of wheels) {
    const directory = join(cache, "xgboost", wheel, "xgboost", "lib");
    await mkdir(directory, { recursive: true });
    await writeFile(join(directory, "libxgboost.so"), "");
  }
  return cache;
}

describe("findLibrary", () => {
  it("takes CLARY_LIBXGBOOST before all", async () => {
    const CLARY_CACHE_DIR = await cacheWith("xgboost-cpu-3.2.0");
    expect(findLibrary({ CLARY_CACHE_DIR, CLARY_LIBXGBOOST: "/mine.so" })).toEqual({
      path: "/mine.so",
      source: "CLARY_LIBXGBOOST",
    });
  });

  it("takes the wheel of the wanted release, else the newest", async () => {
    const CLARY_CACHE_DIR = await cacheWith("xgboost-1.7.4", "xgboost-1.7.10", "xgboost-cpu-3.2.0", ".partial-x");
    const version = (wanted?: string): string | undefined => findLibrary({ CLARY_CACHE_DIR }, wanted)?.version;
    expect([version("1.7"), version("2.0"), version()]).toEqual(["1.7.10", "3.2.0", "3.2.0"]);
  });

  it("looks below XDG_CACHE_HOME", async () => {
    const cache = await cacheWith();
    const path = join(cache, "clary", "xgboost", "xgboost-cpu-3.2.0", "xgboost", "lib", "libxgboost.so");
    await mkdir(join(path, ".."), { recursive: true });
    await writeFile(path, "");
    expect(findLibrary({ XDG_CACHE_HOME: cache })?.path).toBe(path);
  });
});

describe("without a usable library", () => {
  it("a path that holds none is named, with the remedies", async () => {
    await expect(openLibrary({ environment: { CLARY_LIBXGBOOST: "/nowhere/libxgboost.so" } })).rejects.toThrow(
      /^libxgboost at \/nowhere\/libxgboost\.so cannot be loaded: .*\. Run `clary doctor --fix` .*, or set CLARY_LIBXGBOOST /s,
    );
  });

  it("installing says what pip, or its absence, said", async () => {
    const environment = { CLARY_CACHE_DIR: await cacheWith(), PATH: "/nowhere" };
    await expect(installLibrary({ environment })).rejects.toThrow(
      new PlatformError("pip could not fetch libxgboost: python3 cannot be started: spawn python3 ENOENT"),
    );
  });

  it.skipIf(findLibrary({ CLARY_CACHE_DIR: "/nowhere" }) !== undefined)("every remedy is named", async () => {
    const environment = { CLARY_CACHE_DIR: await cacheWith(), PATH: "/nowhere" };
    await expect(openLibrary({ environment })).rejects.toThrow(
      /^XGBoost's library was not found\. Run `clary doctor --fix` .*, or set CLARY_LIBXGBOOST .*, or install your system's package .*ENOENT/,
    );
  });
});
