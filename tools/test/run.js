#!/usr/bin/env node
// Everything that must hold before a change lands. The last line counts: `N passed, N failed, N skipped`.
//   npm test [-- STAGE …]     only the named stages
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** @typedef {{ passed: number, failed: number, skipped: number }} Count */

/** Each stage is a command that passes or fails as a whole, or a vitest project whose tests are counted. */
const stages = [
  { name: "build", command: ["npm", "run", "--silent", "build"] },
  { name: "types", command: ["npx", "tsc", "-p", "tsconfig.tests.json"] },
  { name: "format", command: ["npm", "run", "--silent", "format:check"] },
  { name: "lint", command: ["npm", "run", "--silent", "lint"] },
  { name: "checks", command: ["npm", "run", "--silent", "checks"] },
  { name: "unit", project: "unit" },
  { name: "conformance", project: "conformance" },
  { name: "journeys", project: "journeys" },
];

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !stages.some((stage) => stage.name === name));
if (unknown.length > 0) {
  console.error(`There is no stage ${unknown.join(", ")}; there are ${stages.map(({ name }) => name).join(", ")}.`);
  process.exit(2);
}
const scratch = mkdtempSync(join(tmpdir(), "clary-report-"));
/** @type {Count} */
const total = { passed: 0, failed: 0, skipped: 0 };
/** @type {string[]} */
const summary = [];
for (const stage of stages.filter(({ name }) => wanted.length === 0 || wanted.includes(name))) {
  console.log(`\n== ${stage.name}`);
  const begin = performance.now();
  const count = stage.project === undefined ? runCommand(stage.command ?? []) : runProject(stage.project);
  for (const kind of /** @type {const} */ (["passed", "failed", "skipped"])) {
    total[kind] += count[kind];
  }
  summary.push(`== ${stage.name}: ${describe(count)} in ${((performance.now() - begin) / 1000).toFixed(1)} s`);
  console.log(summary.at(-1));
  if (stage.name === "build" && count.failed > 0) {
    break;
  }
}
rmSync(scratch, { recursive: true, force: true });
console.log(`\n${summary.join("\n")}\n\n${describe(total)}`);
process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;

/**
 * @param {string[]} command
 * @returns {Count}
 */
function runCommand([program = "", ...words]) {
  const { status } = spawnSync(program, words, { stdio: "inherit" });
  return status === 0 ? { passed: 1, failed: 0, skipped: 0 } : { passed: 0, failed: 1, skipped: 0 };
}

/**
 * A project that collected no test, or whose report is missing, counts as a failure.
 * @param {string} project
 * @returns {Count}
 */
function runProject(project) {
  const report = join(scratch, `${project}.json`);
  const words = [
    "vitest",
    "run",
    "--project",
    project,
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${report}`,
  ];
  const { status } = spawnSync("npx", words, { stdio: "inherit" });
  try {
    const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = JSON.parse(readFileSync(report, "utf8"));
    const failed = numFailedTests === 0 && status !== 0 ? 1 : numFailedTests;
    const none = numPassedTests + numFailedTests === 0 ? 1 : 0;
    return { passed: numPassedTests, failed: failed + none, skipped: numPendingTests + numTodoTests };
  } catch {
    return { passed: 0, failed: 1, skipped: 0 };
  }
}

/** @param {Count} count */
function describe({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}
