import { once } from "node:events";
import { createServer } from "node:net";
import { findServer } from "../running-server.ts";
import type { CheckUp, Finding } from "./finding.ts";

/** The port is free, or our own server has it. */
export async function checkPort({ settings }: CheckUp): Promise<Finding> {
  const running = await findServer(settings);
  if (running !== undefined) {
    return { name: "port", state: "ok", detail: `a server runs at ${running.endpoint} (pid ${running.status.pid})` };
  }
  const probe = createServer();
  try {
    probe.listen(settings.port, "127.0.0.1");
    await once(probe, "listening");
    return { name: "port", state: "ok", detail: `${settings.port} is free` };
  } catch (error) {
    const reason = error instanceof Error && "code" in error ? String(error.code) : String(error);
    return {
      name: "port",
      state: "problem",
      detail: `${settings.port} cannot be had: ${reason}`,
      remedy: "Choose another with --port or CLARY_PORT.",
    };
  } finally {
    probe.close();
  }
}
