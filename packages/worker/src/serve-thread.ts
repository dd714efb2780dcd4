import type { ModelRequest } from "@clary/runtime";
import { parentPort, workerData } from "node:worker_threads";
import { loadModel } from "./load-model.ts";
import { movable, type ServingThreadData, type ServingThreadMessage } from "./serving-threads.ts";

// What loading says was printed by the host, which loaded the same files.
const model = await loadModel((workerData as ServingThreadData).source, () => undefined);
parentPort?.on("message", (request: ModelRequest) => {
  const answer = model.invoke(request);
  send({ type: "answer", answer }, movable(answer.body));
});
send({ type: "ready" }, []);

function send(message: ServingThreadMessage, moved: ArrayBuffer[]): void {
  parentPort?.postMessage(message, moved);
}
