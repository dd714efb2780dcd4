import type { LoadedModel } from "@clary/algorithms/catalog";
import { type Launch, serveModel, type ServedModel, stopSignal } from "@clary/runtime";
import { begin } from "./control.ts";
import { loadModel } from "./load-model.ts";
import { printLine } from "./print-line.ts";
import { ServingThreads } from "./serving-threads.ts";

/** Largest body a host takes: a batch transform's payloads may have 100 MB. */
const maxBodyBytes = 101 * 1024 * 1024;

const stop = stopSignal();
const launch = await begin();
const model = await load(launch);
const server = await serveModel(served(model, launch), {
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

/** In a batch transform large requests go to threads of their own. */
function served(own: LoadedModel, source: Launch): ServedModel {
  if (source.threads === 1 || source.environment["SAGEMAKER_BATCH"] !== "true") {
    return own;
  }
  const threads = new ServingThreads(source);
  return { ...own, invoke: async (request) => (await threads.invoke(request)) ?? own.invoke(request) };
}

async function load(source: Launch): Promise<LoadedModel> {
  try {
    return await loadModel(source, printLine);
  } catch (error) {
    printLine(error instanceof Error ? error.message : String(error));
    process.exit(1);
  }
}
