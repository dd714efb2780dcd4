import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { closeSync, existsSync, mkdirSync, openSync } from "node:fs";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { CommandError, type Terminal } from "./command.ts";
import { defaultPort, type ServerSettings } from "./settings.ts";

const program = fileURLToPath(new URL("../bin/clary.js", import.meta.url));

/** The first line that `clary start --json` prints. */
type FirstLine = { readonly ready: true; readonly port: number } | { readonly ready: false; readonly message: string };

/**
 * Starts a server in a process of its own that ends with the last program that holds it, and resolves with its port. What
 * it logs goes to `<data-dir>/server.log`. Throws `CommandError` in the server's own words when it cannot start.
 */
export async function spawnServer(settings: ServerSettings, terminal: Terminal): Promise<number> {
  // Nobody asked for the default port in particular, so any other will do when it is taken.
  const port = settings.port === defaultPort ? 0 : settings.port;
  const words = ["start", "--until-unused", "--json", "--port", String(port), "--data-dir", settings.dataDirectory];
  const log = openLog(settings.dataDirectory);
  // A process group of its own: Ctrl-C is for the program, and another program may use the server too.
  const child = spawn(process.execPath, [program, ...words], {
    detached: true,
    stdio: ["ignore", "pipe", log],
    env: terminal.environment,
  });
  closeSync(log);
  const first = await firstLine(child);
  if (!first.ready) {
    throw new CommandError(first.message);
  }
  child.unref();
  return first.port;
}

function openLog(directory: string): number {
  try {
    makeDirectory(directory);
    return openSync(join(directory, "server.log"), "a", 0o600);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new CommandError(`the data directory ${directory} cannot be opened: ${reason}`);
  }
}

/** Level by level: Node's recursive mkdir never ends where nothing can be made in an existing parent (`/proc`). */
function makeDirectory(path: string): void {
  if (!existsSync(path)) {
    makeDirectory(dirname(path));
    mkdirSync(path, { mode: 0o700 });
  }
}

async function firstLine(child: ChildProcess): Promise<FirstLine> {
  if (child.stdout === null) {
    throw new Error("the server's output is not piped");
  }
  const lines = createInterface(child.stdout);
  const [line] = (await Promise.race([once(lines, "line"), once(child, "close").then(() => [""])])) as [string];
  lines.close();
  child.stdout.destroy();
  return line === ""
    ? { ready: false, message: "the server ended before it was ready" }
    : (JSON.parse(line) as FirstLine);
}
