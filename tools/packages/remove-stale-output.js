#!/usr/bin/env node
// `tsc -b` leaves behind what it once made of a source that is gone. Such files would be packed, and found by imports.
import { existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const packages = fileURLToPath(new URL("../../packages", import.meta.url));

for (const name of readdirSync(packages)) {
  const [source, output] = [join(packages, name, "src"), join(packages, name, "dist")];
  for (const file of existsSync(output) ? readdirSync(output, { recursive: true, encoding: "utf8" }) : []) {
    if (/\.js$|\.d\.ts$/.test(file) && !isBuiltFrom(source, file.replace(/\.js$|\.d\.ts$/, ".ts"))) {
      rmSync(join(output, file));
    }
  }
}

/**
 * @param {string} directory
 * @param {string} file
 */
function isBuiltFrom(directory, file) {
  const onlyForTests = /\.(test|contract)\.ts$|(^|\/)testing\//.test(file);
  return !onlyForTests && existsSync(join(directory, file));
}
