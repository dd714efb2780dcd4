import { createServer, type Socket } from "node:net";
import { parentPort, workerData } from "node:worker_threads";
import { RabitSession } from "./rabit-session.ts";

/** Thread that answers the processes of one training; tells its starter the port, and ends when it is terminated. */
const { processes } = workerData as { readonly processes: number };
const session = new RabitSession(processes);
const server = createServer((socket: Socket) => {
  socket.setNoDelay(true);
  // A process that goes away takes its training with it: the library of the others notices.
  socket.on("error", () => socket.destroy());
  session.serve(socket).catch(() => socket.destroy());
});
server.on("error", (error) => parentPort?.postMessage({ error: error.message }));
server.listen(0, () => {
  const address = server.address();
  parentPort?.postMessage({ port: typeof address === "object" && address !== null ? address.port : undefined });
});
