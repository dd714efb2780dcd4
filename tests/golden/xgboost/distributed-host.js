// One host of a distributed training, in a process of its own: collective calls block.
//   node distributed-host.js '{"host":…,"hosts":[…],"port":…,"directory":…,"imageVersion":…}'
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { algorithms } from "@clary/algorithms/catalog";

const { host, hosts, port, directory, imageVersion } = JSON.parse(process.argv[2] ?? "{}");

/** @param {string} name */
const channel = (name) => ({
  name,
  contentType: "text/csv",
  inputMode: "File",
  distribution: "ShardedByS3Key",
  displayPath: `/opt/ml/input/data/${name}`,
  files: async () => (await readdir(join(directory, host, name))).map((file) => join(directory, host, name, file)),
});

await algorithms["xgboost"]?.train({
  imageVersion,
  hyperparameters: { max_depth: "4", num_round: "5", tree_method: "hist" },
  channels: [channel("train"), channel("validation")],
  modelDirectory: join(directory, host, "model"),
  outputDataDirectory: join(directory, host, "output"),
  hosts,
  currentHost: host,
  meetingPoint: { address: "127.0.0.1", port },
  threads: 1,
  stop: new AbortController().signal,
  now: () => new Date(),
  log: (line) => process.stdout.write(`${line}\n`),
});
process.exit(0);
