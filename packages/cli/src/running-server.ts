import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { CommandError } from "./command.ts";
import type { ServerSettings } from "./settings.ts";

/** Whatever else may have the port is not waited for. */
const statusTimeoutMs = 5_000;

/** What a running server says of itself at `/_clary/status`. */
export interface ServerStatus {
  readonly pid: number;
  readonly version: string;
  readonly endpoint: string;
  readonly accountId: string;
  readonly region: string;
  readonly executionRoleArn: string;
  readonly dataDirectory: string;
  readonly ephemeral: boolean;
  /** It ends with the last program that holds it. */
  readonly untilUnused: boolean;
  /** Programs that hold it now. */
  readonly users: number;
}

/** A running server and the right to control it. */
export interface RunningServer {
  readonly port: number;
  /** `http://127.0.0.1:PORT`. */
  readonly endpoint: string;
  readonly status: ServerStatus;
  /** Headers by which the server knows who may control it. */
  readonly authorization: Readonly<Record<string, string>>;
  /** Calls a path below `/_clary/`. Rejects with `CommandError` for anything but a success. */
  control(method: "GET" | "POST", path: string, body?: object): Promise<unknown>;
}

/**
 * The server of a data directory, or undefined when none answers there. An ephemeral server shows itself only in a directory
 * that was named for it; otherwise it is found by its port.
 */
export async function findServer(settings: ServerSettings): Promise<RunningServer | undefined> {
  const facts = await readText(join(settings.dataDirectory, "server.json"));
  const token = await readText(join(settings.dataDirectory, "control-token"));
  const port = portOf(facts);
  const kept = port === undefined || token === undefined ? undefined : await connect(port, token.trim());
  return kept ?? (settings.port === 0 ? undefined : connect(settings.port, undefined));
}

/** As `findServer`, but its absence is an error that says how to start one. */
export async function requireServer(settings: ServerSettings): Promise<RunningServer> {
  const server = await findServer(settings);
  if (server === undefined) {
    throw new CommandError(`no server runs on ${settings.dataDirectory}; start one with clary start`);
  }
  return server;
}

async function connect(port: number, token: string | undefined): Promise<RunningServer | undefined> {
  const endpoint = `http://127.0.0.1:${port}`;
  const call: RunningServer["control"] = (method, path, body) => control({ endpoint, token }, { method, path, body });
  try {
    // Another program may have got the port after a crash: only our server knows the token and answers in this form.
    const status = (await call("GET", "status")) as ServerStatus;
    return typeof status.pid === "number"
      ? { port, endpoint, status, authorization: authorizationOf(token), control: call }
      : undefined;
  } catch {
    return undefined;
  }
}

async function control(
  server: { readonly endpoint: string; readonly token: string | undefined },
  request: { readonly method: string; readonly path: string; readonly body: object | undefined },
): Promise<unknown> {
  const response = await fetch(`${server.endpoint}/_clary/${request.path}`, {
    method: request.method,
    headers: { ...authorizationOf(server.token), "content-type": "application/json" },
    signal: AbortSignal.timeout(request.path === "status" ? statusTimeoutMs : 30_000),
    ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
  });
  const text = await response.text();
  if (!response.ok) {
    throw new CommandError(messageOf(text) ?? `the server answered ${response.status} ${response.statusText}`);
  }
  return text === "" ? undefined : JSON.parse(text);
}

function authorizationOf(token: string | undefined): Record<string, string> {
  return token === undefined ? {} : { authorization: `Bearer ${token}` };
}

function messageOf(text: string): string | undefined {
  try {
    return (JSON.parse(text) as { message?: string }).message;
  } catch {
    return undefined;
  }
}

function portOf(facts: string | undefined): number | undefined {
  try {
    return facts === undefined ? undefined : (JSON.parse(facts) as { port?: number }).port;
  } catch {
    return undefined; // cut short by a crash while it was written
  }
}

async function readText(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, "utf8");
  } catch {
    return undefined;
  }
}
