#!/usr/bin/env node
// Measures Clary beside its peers, in one run, and prints ratios. Absolute figures belong to the machine; ratios travel.
//   npm run bench [-- SCENARIO …]
import { loadavg } from "node:os";
import { setTimeout as delay } from "node:timers/promises";
import { invoke } from "./scenarios/invoke.js";
import { s3 } from "./scenarios/s3.js";
import { scale } from "./scenarios/scale.js";
import { server } from "./scenarios/server.js";
import { training } from "./scenarios/training.js";
import { transform } from "./scenarios/transform.js";
import { stopAll } from "./support/servers.js";

/** @typedef {{ name: string, ours: number, theirs?: number, unit: string, ratio?: number, wanted: string, peer?: string, note?: string }} Row */

/** @type {Record<string, () => Promise<Row[]>>} */
const scenarios = { server, training, invoke, transform, s3, scale };

/** None takes a third of it; one that hangs must not keep the others from being measured. */
const longestMinutes = 5;

const named = process.argv.slice(2);
let failed = 0;
for (const [name, scenario] of Object.entries(scenarios).filter(
  ([each]) => named.length === 0 || named.includes(each),
)) {
  console.log(`\n== ${name} (load of the machine before: ${loadavg()[0]?.toFixed(1)})`);
  try {
    for (const row of await withinTime(scenario())) {
      console.log(describe(row));
    }
  } catch (error) {
    failed++;
    console.log(`could not be measured: ${error instanceof Error ? error.stack : String(error)}`);
    await stopAll();
  }
}
process.exit(failed > 0 ? 1 : 0);

/** @template T @param {Promise<T>} measured @returns {Promise<T>} */
async function withinTime(measured) {
  const over = new AbortController();
  const late = delay(longestMinutes * 60_000, undefined, { signal: over.signal }).then(() => {
    throw new Error(`it took longer than ${longestMinutes} minutes`);
  });
  // Nobody waits for it any more once the scenario is over.
  late.catch(() => undefined);
  try {
    return await Promise.race([measured, late]);
  } finally {
    over.abort();
    measured.catch(() => undefined);
  }
}

/** @param {Row} row */
function describe({ name, ours, theirs, unit, ratio, wanted, peer, note }) {
  const figures = [`${format(ours)} ${unit}`, theirs === undefined ? "" : `against ${format(theirs)} ${unit} (${peer})`]
    .join(" ")
    .trim();
  const compared = ratio === undefined ? "" : ` ratio ${ratio.toFixed(2)},`;
  return `${name}: ${figures},${compared} wanted ${wanted}${note === undefined ? "" : `; ${note}`}`;
}

/** @param {number} value */
function format(value) {
  return value >= 100 ? Math.round(value).toLocaleString("en") : value.toPrecision(3);
}
