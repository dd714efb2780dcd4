import { setTimeout as delay } from "node:timers/promises";
import { CommandError, type Terminal } from "./command.ts";
import { holdServer, type LetGo } from "./hold-server.ts";
import { processEnd } from "./process-end.ts";
import { findServer, type RunningServer } from "./running-server.ts";
import type { ServerSettings } from "./settings.ts";
import { spawnServer } from "./spawn-server.ts";

export interface EnsuredServer {
  readonly server: RunningServer;
  /** Lets go of the server. One that was started for programs ends with the last of them, and this waits for its end. */
  readonly release: () => Promise<void>;
}

/** While another program's server starts or ends, its data directory is taken and nobody answers there. */
const takeOverMs = 15_000;

/** The running server of a data directory, or a new one that lives for as long as programs hold it. */
export async function ensureServer(settings: ServerSettings, terminal: Terminal): Promise<EnsuredServer> {
  const deadline = performance.now() + takeOverMs;
  for (;;) {
    const held = (await holdRunning(settings)) ?? (await holdNew(settings, terminal, deadline));
    if (held !== undefined) {
      return held;
    }
    await delay(50);
  }
}

async function holdRunning(settings: ServerSettings): Promise<EnsuredServer | undefined> {
  const server = await findServer(settings);
  // Between the answer and the hold the server may have ended with its last user.
  const letGo = server === undefined ? undefined : await holdServer(server).catch(() => undefined);
  return server === undefined || letGo === undefined ? undefined : { server, release: () => release(server, letGo) };
}

/** Undefined when somebody else had the data directory, whose server is then to be looked for again. */
async function holdNew(
  settings: ServerSettings,
  terminal: Terminal,
  deadline: number,
): Promise<EnsuredServer | undefined> {
  try {
    const port = await spawnServer(settings, terminal);
    return await holdRunning({ ...settings, port });
  } catch (error) {
    const isTaken = error instanceof CommandError && error.message.includes("is in use by another server");
    if (isTaken && performance.now() < deadline) {
      return undefined;
    }
    throw error;
  }
}

async function release(server: RunningServer, letGo: LetGo): Promise<void> {
  letGo();
  if (server.status.untilUnused && (await isLastUser(server))) {
    await processEnd(server.status.pid);
  }
}

/** Asked after letting go; a server that does not answer any more has nobody left. */
async function isLastUser(server: RunningServer): Promise<boolean> {
  try {
    const { users } = (await server.control("GET", "status")) as { users: number };
    return users === 0;
  } catch {
    return true;
  }
}
