// Microseconds per row: the flat predictor, the whole answer to a CSV request, and the library for many rows.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { algorithms } from "@clary/algorithms/catalog";
import { decodeServingModel } from "@clary/algorithms/serving";

const golden = (name) => fileURLToPath(new URL(`../../golden/xgboost/data/${name}`, import.meta.url));
const directory = mkdtempSync(join(tmpdir(), "clary-measure-model-"));
const xgboost = algorithms["xgboost"];
if (xgboost === undefined) {
  throw new Error("The catalog has no XGBoost.");
}
await xgboost.train({
  imageVersion: "1.7-1",
  hyperparameters: {
    num_round: "200",
    max_depth: "5",
    eta: "0.2",
    gamma: "4",
    min_child_weight: "6",
    subsample: "0.8",
  },
  channels: [
    {
      name: "train",
      contentType: "text/csv",
      inputMode: "File",
      distribution: "FullyReplicated",
      displayPath: "/opt/ml/input/data/train",
      files: async () => [golden("boston-train.csv")],
    },
  ],
  modelDirectory: directory,
  outputDataDirectory: directory,
  hosts: ["algo-1"],
  currentHost: "algo-1",
  threads: 1,
  stop: new AbortController().signal,
  now: () => new Date(),
  log: () => undefined,
});
const options = { version: "1.7-1", environment: {} };
const host = await xgboost.load(directory, { ...options, threads: 1, log: () => undefined });
rmSync(directory, { recursive: true, force: true });
const flat = decodeServingModel("xgboost", host.flat ?? new Uint8Array(0), options);

const lines = readFileSync(golden("boston-validation.csv"), "utf8").trimEnd().split("\n");
const rows = lines.map((line) => line.slice(line.indexOf(",") + 1));
const one = { contentType: "text/csv", accept: "", body: Buffer.from(rows[0] ?? "") };
const many = {
  ...one,
  body: Buffer.from(Array.from({ length: 10_000 }, (_, index) => rows[index % rows.length]).join("\n")),
};

function microseconds(model, request, times) {
  const rounds = Array.from({ length: 7 }, () => {
    const start = performance.now();
    for (let time = 0; time < times; time++) {
      model.invoke(request);
    }
    return ((performance.now() - start) / times) * 1000;
  });
  return rounds.toSorted((a, b) => a - b)[3] ?? Number.NaN;
}

console.log("Boston, 200 trees, text/csv request to answer, medians of 7");
console.log(`  one row, flat model          ${microseconds(flat, one, 20_000).toFixed(2)} µs`);
console.log(`  10,000 rows, flat model      ${(microseconds(flat, many, 3) / 10_000).toFixed(2)} µs per row`);
console.log(`  10,000 rows, libxgboost      ${(microseconds(host, many, 3) / 10_000).toFixed(2)} µs per row, 1 thread`);
host.close();
