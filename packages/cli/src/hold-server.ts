import { request } from "node:http";
import type { RunningServer } from "./running-server.ts";

/** Lets go of a server; one that lives for its users alone then ends. */
export type LetGo = () => void;

/**
 * Tells a server that a program uses it, for as long as a connection stays open: also a killed program lets go.
 * Rejects when the server does not answer any more.
 */
export function holdServer(server: RunningServer): Promise<LetGo> {
  return new Promise((resolve, reject) => {
    const held = request(`${server.endpoint}/_clary/hold`, { agent: false, headers: server.authorization });
    // The answer comes when the server ends; what counts is that the request has left.
    held.once("error", reject).once("finish", () => {
      held.off("error", reject).on("error", () => undefined);
      held.socket?.unref();
      resolve(() => held.destroy());
    });
    held.end();
  });
}
