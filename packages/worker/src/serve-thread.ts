import type { ModelRequest } from "@clary/runtime";
import { parentPort, workerData } from "node:worker_threads";
import { loadModel } from "./load-model.ts";
import { movable, type ServingThreadData, type ServingThreadMessage } from "./serving-threads.ts";

try {
  const { source } = workerData as ServingThreadData;
  const model = await loadModel(source, (line) => send({ type: "line", line }));
  parentPort?.on("message", (request: ModelRequest) => {
    const answer = model.invoke(request);
    send({ type: "answer", answer }, movable(answer.body));
  });
  send({ type: "ready" });
} catch (error) {
  send({ type: "failed", reason: error instanceof Error ? error.message : String(error) });
}

function send(message: ServingThreadMessage, moved: ArrayBuffer[] = []): void {
  parentPort?.postMessage(message, moved);
}
