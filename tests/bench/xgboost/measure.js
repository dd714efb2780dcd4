#!/usr/bin/env node
// Measures XGBoost without the server: whole training processes against Python's, single rows, CSV reading, memory.
//   npm run build && node tools/clients/install.js bench && node tests/bench/xgboost/measure.js [boston] [csv] [predict] [wide]
import { execFile } from "node:child_process";
import { createReadStream, createWriteStream, existsSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { CsvReader } from "@clary/formats";

const run = promisify(execFile);
const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const golden = (name) => here(`../../golden/xgboost/data/${name}`);
const python = here("../../../.clients/bench/bin/python");
const scratch = mkdtempSync(join(tmpdir(), "clary-measure-"));
const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

/** Wall seconds, CPU seconds and peak MB of a whole process. */
async function measured(program, words, environment) {
  const { stderr } = await run("/usr/bin/time", ["-f", "%e %U %S %M", program, ...words], {
    env: { ...process.env, ...environment },
    maxBuffer: 64 * 1024 * 1024,
  });
  const [wall = 0, user = 0, system = 0, kilobytes = 0] =
    stderr.trim().split("\n").at(-1)?.split(" ").map(Number) ?? [];
  return { wall, cpu: user + system, megabytes: kilobytes / 1024 };
}

/** Runs every variant in turn, several times, and prints medians. */
async function compare(title, times, variants) {
  const results = variants.map(() => []);
  for (let time = 0; time < times; time++) {
    for (const [index, variant] of variants.entries()) {
      results[index]?.push(await measured(variant.program, variant.words, variant.environment));
    }
  }
  console.log(`\n${title} (medians of ${times} interleaved runs)`);
  for (const [index, { name }] of variants.entries()) {
    const of = (key) => median(results[index]?.map((result) => result[key]) ?? []);
    console.log(
      `  ${name.padEnd(44)} wall ${of("wall").toFixed(2)} s, CPU ${of("cpu").toFixed(2)} s, ${of("megabytes").toFixed(0)} MB`,
    );
  }
}

const trainWith = (threads, waitPolicy, setting) => ({
  name: `Clary, ${threads} thread(s), OMP_WAIT_POLICY=${waitPolicy || "unset"}`,
  program: process.execPath,
  words: [here("train-process.js"), JSON.stringify({ ...setting, threads })],
  environment: waitPolicy === "" ? {} : { OMP_WAIT_POLICY: waitPolicy },
});
const pythonWith = (threads, waitPolicy, setting) => ({
  name: `Python, ${threads} thread(s), OMP_WAIT_POLICY=${waitPolicy || "unset"}`,
  program: python,
  words: [here("peer.py"), JSON.stringify({ ...setting, threads })],
  environment: waitPolicy === "" ? {} : { OMP_WAIT_POLICY: waitPolicy },
});

async function boston() {
  const setting = {
    train: golden("boston-train.csv"),
    validation: golden("boston-validation.csv"),
    rounds: 200,
    parameters: {
      max_depth: "5",
      eta: "0.2",
      gamma: "4",
      min_child_weight: "6",
      subsample: "0.8",
      tree_method: "exact",
    },
  };
  const variants = [1, 2].flatMap((threads) => ["PASSIVE", ""].map((policy) => [threads, policy]));
  await compare("Boston, 400 rows, 200 rounds, whole process", 5, [
    ...variants.map(([threads, policy]) =>
      trainWith(threads, policy, { ...setting, parameters: { ...setting.parameters, nthread: String(threads) } }),
    ),
    ...variants.map(([threads, policy]) => pythonWith(threads, policy, setting)),
  ]);
}

async function csv() {
  const path = await randomCsv("rows.csv", 200_000, 51, 4);
  const size = statSync(path).size;
  const rates = [];
  for (let time = 0; time < 5; time++) {
    const start = performance.now();
    const reader = new CsvReader({ expectedBytes: size });
    for await (const chunk of createReadStream(path, { highWaterMark: 1024 * 1024 })) {
      reader.push(chunk);
    }
    reader.endFile();
    reader.finish();
    rates.push(size / 1e6 / ((performance.now() - start) / 1000));
  }
  console.log(
    `\nCSV, ${(size / 1e6).toFixed(0)} MB, 200000 x 51, one thread: ${median(rates).toFixed(0)} MB/s (median of 5)`,
  );
}

async function predict() {
  const { stdout } = await run(process.execPath, [here("predict-process.js")], {
    env: { ...process.env, OMP_WAIT_POLICY: "PASSIVE" },
  });
  console.log(`\n${stdout.trim()}`);
}

/** The shape of the sentiment data: 25,000 rows of 5,000 mostly zero counts, 240 MB. */
async function wide() {
  const path = await randomCsv("wide.csv", 25_000, 5000, 0);
  const setting = { train: path, validation: "", rounds: 10, parameters: { tree_method: "hist", max_depth: "5" } };
  console.log(`\n${(statSync(path).size / 1e6).toFixed(0)} MB`);
  await compare("25,000 x 5,000 CSV, 10 rounds of hist", 1, [
    trainWith(2, "PASSIVE", setting),
    pythonWith(2, "PASSIVE", setting),
  ]);
}

/** Numbers with `decimals`; without decimals, counts of which few are not zero. The first column is 0 or 1. */
async function randomCsv(name, rows, columns, decimals) {
  const path = join(scratch, name);
  const out = createWriteStream(path);
  let seed = 1;
  const random = () => (seed = (seed * 16_807) % 2_147_483_647) / 2_147_483_647;
  const value = () => (decimals > 0 ? (random() * 10 - 5).toFixed(decimals) : random() < 0.02 ? "1" : "0");
  for (let row = 0; row < rows; row++) {
    const line = [row % 2, ...Array.from({ length: columns - 1 }, value)].join(",");
    if (!out.write(`${line}\n`)) {
      await once(out, "drain");
    }
  }
  out.end();
  await once(out, "close");
  return path;
}

if (!existsSync(python)) {
  console.error("Python's xgboost is missing: node tools/clients/install.js bench");
  process.exit(1);
}
const parts = { boston, csv, predict, wide };
const wanted = process.argv.slice(2);
try {
  for (const name of wanted.length > 0 ? wanted : Object.keys(parts)) {
    await parts[name]?.();
  }
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
