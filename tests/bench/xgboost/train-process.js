// A training host without its server: reads, trains, evaluates every round, saves.
//   node train-process.js '{"train":…,"validation":…,"rounds":…,"parameters":{…},"threads":…}'
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { algorithms } from "@clary/algorithms/catalog";

const { train, validation, rounds, parameters, threads } = JSON.parse(process.argv[2] ?? "{}");
const directory = mkdtempSync(join(tmpdir(), "clary-measure-model-"));
const channel = (name, path) => ({
  name,
  contentType: "text/csv",
  inputMode: "File",
  distribution: "FullyReplicated",
  displayPath: `/opt/ml/input/data/${name}`,
  files: async () => [path],
});
await algorithms["xgboost"]?.train({
  imageVersion: "1.7-1",
  hyperparameters: { num_round: String(rounds), ...parameters },
  channels: [channel("train", train), ...(validation === "" ? [] : [channel("validation", validation)])],
  modelDirectory: directory,
  outputDataDirectory: directory,
  hosts: ["algo-1"],
  currentHost: "algo-1",
  threads,
  stop: new AbortController().signal,
  now: () => new Date(),
  log: (line) => process.stdout.write(`${line}\n`),
});
rmSync(directory, { recursive: true, force: true });
process.exit(0);
