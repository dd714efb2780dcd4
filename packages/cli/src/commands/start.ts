import type { RunningServer } from "@clary/server";
import { CommandError, type Command, type OptionValues, type Terminal } from "../command.ts";
import { programName } from "../program-name.ts";
import { jsonOption, serverOptions, serverSettings } from "../settings.ts";

const options = {
  ...serverOptions,
  host: {
    type: "string",
    value: "ADDRESS",
    environment: "CLARY_HOST",
    summary: "Address to listen on (default 127.0.0.1)",
  },
  region: {
    type: "string",
    value: "REGION",
    environment: "CLARY_REGION",
    summary: "Region of requests that name none (default us-east-1)",
  },
  ephemeral: { type: "boolean", summary: "Keep everything in memory, for CI; allows POST /_clary/reset" },
  "until-unused": { type: "boolean", summary: "Stop with the last clary exec that uses it" },
  "account-id": {
    type: "string",
    value: "DIGITS",
    environment: "CLARY_ACCOUNT_ID",
    summary: "Account to create at the first start",
  },
  "log-level": {
    type: "string",
    value: "LEVEL",
    choices: ["silent", "error", "warn", "info", "debug"],
    environment: "CLARY_LOG_LEVEL",
    summary: "What goes to standard error: silent, error, warn, info, debug (default warn)",
  },
  json: jsonOption,
} as const;

export const startCommand: Command = {
  name: "start",
  summary: "Start a server in the foreground",
  description: "Ctrl-C stops it cleanly; starting it again finds everything as it was.",
  options,
  examples: ["clary start", "clary start --port 0 --ephemeral --json"],

  async run({ options: given, terminal }) {
    const server = await start(given, terminal);
    terminal.out(given["json"] === true ? readyJson(server) : readyText(server, programName(terminal.environment)));
    await stopSignal(server);
    await server.close();
    if (given["json"] !== true) {
      terminal.out("Stopped.\n");
    }
    return 0;
  },
};

async function start(given: OptionValues, terminal: Terminal): Promise<RunningServer> {
  const text = (name: string): string | undefined => (typeof given[name] === "string" ? given[name] : undefined);
  const { port, dataDirectory } = serverSettings(given, terminal);
  // Loaded here, so that the other commands and their completion do not pay for the server.
  const { startServer, StartError } = await import("@clary/server");
  try {
    return await startServer({
      host: text("host") ?? "127.0.0.1",
      port,
      dataDirectory,
      ephemeral: given["ephemeral"] === true,
      // The default directory is the lasting server's; only a directory of one's own shows another one's key.
      ...(given["ephemeral"] === true && text("data-dir") !== undefined ? { announceIn: dataDirectory } : {}),
      untilUnused: given["until-unused"] === true,
      region: text("region") ?? "us-east-1",
      accountId: text("account-id"),
      logLevel: text("log-level") ?? "warn",
      environment: terminal.environment,
    });
  } catch (error) {
    if (error instanceof StartError) {
      if (given["json"] === true) {
        terminal.out(`${JSON.stringify({ ready: false, message: error.message })}\n`);
      }
      throw new CommandError(error.message);
    }
    throw error;
  }
}

/** Resolves at the first SIGINT or SIGTERM, or when somebody asked the server to stop. A second signal ends the process at once. */
function stopSignal(server: RunningServer): Promise<void> {
  return new Promise((resolve) => {
    for (const name of ["SIGINT", "SIGTERM"] as const) {
      process.once(name, () => resolve());
    }
    void server.stopRequested.then(resolve);
  });
}

function readyJson(server: RunningServer): string {
  return `${JSON.stringify({ ready: true, pid: process.pid, port: server.port, endpoint: server.endpoint, accountId: server.accountId, region: server.region, executionRoleArn: server.executionRoleArn, dataDirectory: server.dataDirectory, ephemeral: server.ephemeral })}\n`;
}

function readyText(server: RunningServer, program: string): string {
  const rows: [string, string][] = [
    ["endpoint", server.endpoint],
    ["account", `${server.accountId} (${server.region})`],
    ["role", server.executionRoleArn],
    ["state", server.ephemeral ? "in memory, gone at stop" : server.dataDirectory],
  ];
  const lines = rows.map(([name, value]) => `  ${name.padEnd(9)} ${value}`);
  return [
    `Clary is ready in ${Math.round(server.readyMs)} ms`,
    ...lines,
    "",
    `  ${program} exec -- python my_notebook.py   runs a program against it`,
    "  Ctrl-C stops it",
    "",
  ].join("\n");
}
