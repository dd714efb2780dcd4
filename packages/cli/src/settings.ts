import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { CommandError, type OptionDeclaration, type OptionValues, type Terminal } from "./command.ts";

/** The port that Clary listens on unless told otherwise. */
export const defaultPort = 4747;

/** Options that every command about a server takes, under one name everywhere. */
export const serverOptions: Readonly<Record<string, OptionDeclaration>> = {
  port: {
    type: "string",
    value: "PORT",
    environment: "CLARY_PORT",
    summary: `Port on 127.0.0.1 (default ${defaultPort})`,
  },
  "data-dir": {
    type: "string",
    value: "DIRECTORY",
    environment: "CLARY_DATA_DIR",
    summary: "Where the server keeps its state (default ~/.local/share/clary)",
  },
};

export const jsonOption: OptionDeclaration = { type: "boolean", summary: "Answer in JSON, for scripts" };

export interface ServerSettings {
  /** 0 lets the system choose. */
  readonly port: number;
  readonly dataDirectory: string;
}

export function serverSettings(options: OptionValues, terminal: Terminal): ServerSettings {
  return { port: portOf(options["port"]), dataDirectory: dataDirectoryOf(options["data-dir"], terminal) };
}

function portOf(value: string | boolean | undefined): number {
  if (typeof value !== "string") {
    return defaultPort;
  }
  const port = Number(value);
  if (!/^\d+$/.test(value) || port > 65_535) {
    throw new CommandError(`--port takes a number from 0 to 65535; not ${JSON.stringify(value)}`, 2);
  }
  return port;
}

function dataDirectoryOf(value: string | boolean | undefined, terminal: Terminal): string {
  if (typeof value === "string") {
    return resolve(value);
  }
  const base =
    terminal.environment["XDG_DATA_HOME"] || join(terminal.environment["HOME"] || homedir(), ".local", "share");
  return join(base, "clary");
}
