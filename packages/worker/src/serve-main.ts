import { algorithms, type LoadedModel } from "@clary/algorithms/catalog";
import { join } from "node:path";
import { type Launch, mlPaths, mlRoot, serveModel, stopSignal } from "@clary/runtime";
import { begin, printLine } from "./control.ts";

/** Largest body a host takes: a batch transform's payloads may have 100 MB. */
const maxBodyBytes = 101 * 1024 * 1024;

const stop = stopSignal();
const launch = await begin();
const model = await load(launch);
const server = await serveModel(model, {
  listen: launch.socketPath === undefined ? { port: 8080 } : { socketPath: launch.socketPath },
  executionParameters: { MaxConcurrentTransforms: launch.threads, BatchStrategy: "MULTI_RECORD", MaxPayloadInMB: 6 },
  maxBodyBytes,
  log: printLine,
});
if (stop.aborted) {
  await shutDown();
}
stop.addEventListener("abort", () => void shutDown());

async function shutDown(): Promise<void> {
  await server.close();
  model.close();
  process.exit(0);
}

async function load({ algorithm: name, imageVersion, threads, environment }: Launch): Promise<LoadedModel> {
  try {
    const algorithm = algorithms[name];
    if (algorithm === undefined) {
      throw new Error(`this worker has no algorithm named ${name}`);
    }
    const directory = join(mlRoot(process.env), mlPaths.model);
    return await algorithm.load(directory, { version: imageVersion, environment, threads, log: printLine });
  } catch (error) {
    printLine(error instanceof Error ? error.message : String(error));
    process.exit(1);
  }
}
