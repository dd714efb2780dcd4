import { CommandError, type Terminal } from "./command.ts";
import { findServer, type RunningServer } from "./running-server.ts";
import { defaultPort, type ServerSettings } from "./settings.ts";

export interface EnsuredServer {
  readonly server: RunningServer;
  /** Stops the server if it was started here. */
  readonly release: () => Promise<void>;
}

/** The running server of a data directory, or one started in this process for as long as it is needed. */
export async function ensureServer(settings: ServerSettings, terminal: Terminal): Promise<EnsuredServer> {
  const running = await findServer(settings);
  if (running !== undefined) {
    return { server: running, release: async () => {} };
  }
  const started = await startHere(settings, terminal);
  const server = await findServer({ ...settings, port: started.port });
  if (server === undefined) {
    await started.close();
    throw new CommandError(`the server on ${settings.dataDirectory} started but does not answer`);
  }
  return { server, release: () => started.close() };
}

async function startHere(
  settings: ServerSettings,
  terminal: Terminal,
): Promise<{ readonly port: number; close(): Promise<void> }> {
  const { startServer, StartError } = await import("@clary/server");
  // Nobody asked for the default port in particular, so any other will do when it is taken.
  const port = settings.port === defaultPort ? 0 : settings.port;
  try {
    return await startServer({
      host: "127.0.0.1",
      port,
      dataDirectory: settings.dataDirectory,
      ephemeral: false,
      region: terminal.environment["CLARY_REGION"] ?? "us-east-1",
      accountId: terminal.environment["CLARY_ACCOUNT_ID"],
      logLevel: terminal.environment["CLARY_LOG_LEVEL"] ?? "warn",
      environment: terminal.environment,
    });
  } catch (error) {
    throw error instanceof StartError ? new CommandError(error.message) : error;
  }
}
