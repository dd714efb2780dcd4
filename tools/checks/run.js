#!/usr/bin/env node
// The house's own checks. Each first looks at its bad sample, which it must catch, and then at the repository.
import { readFileSync, readdirSync, statSync } from "node:fs";
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/**
 * @typedef {{ path: string, text: string }} TextFile
 * @typedef {{ name: string, rule: string, find(files: TextFile[], root: string): string[] }} Check
 */

const root = fileURLToPath(new URL("../..", import.meta.url));
const here = fileURLToPath(new URL(".", import.meta.url));
let failures = 0;

for (const file of readdirSync(here).filter((name) => name.endsWith(".check.js"))) {
  const { check } = /** @type {{ check: Check }} */ (await import(join(here, file)));
  const sample = join(here, "samples", check.name);
  if (check.find(sampleFiles(sample), sample).length === 0) {
    report(check, ["it did not catch its own bad sample"]);
    continue;
  }
  report(check, check.find(repositoryFiles(), root));
}
process.exitCode = failures > 0 ? 1 : 0;

/**
 * @param {Check} check
 * @param {string[]} problems
 */
function report(check, problems) {
  failures += problems.length;
  console.log(`${problems.length === 0 ? "ok  " : "FAIL"} ${check.name}: ${check.rule}`);
  for (const problem of problems) {
    console.log(`       ${problem}`);
  }
}

/** Text files that git tracks, and those it neither tracks nor ignores. @returns {TextFile[]} */
function repositoryFiles() {
  const listed = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], {
    cwd: root,
    encoding: "utf8",
  });
  const paths = listed.split("\n").filter((path) => path !== "" && !path.startsWith("tools/checks/samples/"));
  return paths.flatMap((path) => readText(root, path));
}

/** @param {string} directory @returns {TextFile[]} */
function sampleFiles(directory) {
  const entries = readdirSync(directory, { recursive: true, encoding: "utf8" });
  return entries
    .filter((path) => statSync(join(directory, path)).isFile())
    .flatMap((path) => readText(directory, path));
}

/** @param {string} base @param {string} path @returns {TextFile[]} */
function readText(base, path) {
  try {
    const bytes = readFileSync(join(base, path));
    return bytes.includes(0) ? [] : [{ path, text: bytes.toString("utf8") }];
  } catch {
    return []; // deleted but still listed
  }
}
