import { parentPort, workerData } from "node:worker_threads";
import { groupCommit } from "./group-commit.ts";
import { openWriteConnection } from "./write-connection.ts";
import type { WriterRequest, WriterSettings } from "./writer-protocol.ts";

// The writer thread: the only place that writes to the database, and the only one that waits for the disk.
const settings: WriterSettings = workerData;
const connection = openWriteConnection(settings);
const commits = groupCommit(connection);

parentPort?.on("message", (request: WriterRequest | "close") => {
  if (request === "close") {
    connection.close();
    parentPort?.close();
    return;
  }
  parentPort?.postMessage(commits.run(request));
});
parentPort?.postMessage("ready");
