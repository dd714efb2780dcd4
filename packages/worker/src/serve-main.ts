import type { LoadedModel } from "@clary/algorithms/catalog";
import { type Launch, serveModel, stopSignal } from "@clary/runtime";
import { begin } from "./control.ts";
import { loadModel } from "./load-model.ts";
import { printLine } from "./print-line.ts";
import { ServingThreads } from "./serving-threads.ts";

/** Largest body a host takes: a batch transform's payloads may have 100 MB. */
const maxBodyBytes = 101 * 1024 * 1024;

const stop = stopSignal();
const launch = await begin();
const model = await load(launch).catch(giveUp);
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

function load(source: Launch): Promise<LoadedModel | ServingThreads> {
  return source.environment["SAGEMAKER_BATCH"] === "true"
    ? ServingThreads.start(source, printLine, giveUp)
    : loadModel(source, printLine);
}

function giveUp(reason: unknown): never {
  printLine(reason instanceof Error ? reason.message : String(reason));
  process.exit(1);
}
