import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { CommandError } from "./command.ts";

/** What a ready server leaves in `<data-dir>/server.json`, and takes away when it stops. */
export interface ServerAddress {
  readonly pid: number;
  readonly port: number;
  /** `http://127.0.0.1:PORT`. */
  readonly endpoint: string;
  readonly ephemeral: boolean;
}

/** A running server and the right to control it. */
export interface RunningServer extends ServerAddress {
  /** Asks for a path below `/_clary/`. Rejects with `CommandError` for anything but a success. */
  control(method: "GET" | "POST", path: string, body?: object): Promise<unknown>;
}

/** The server of a data directory, or undefined when none answers there. */
export async function findServer(dataDirectory: string): Promise<RunningServer | undefined> {
  const address = await readJson<ServerAddress>(join(dataDirectory, "server.json"));
  const token = await readText(join(dataDirectory, "control-token"));
  if (address === undefined || token === undefined || !(await answers(address))) {
    return undefined;
  }
  return {
    ...address,
    control: (method, path, body) => control({ address, token: token.trim() }, { method, path, body }),
  };
}

/** As `findServer`, but its absence is an error that says how to start one. */
export async function requireServer(dataDirectory: string): Promise<RunningServer> {
  const server = await findServer(dataDirectory);
  if (server === undefined) {
    throw new CommandError(`no server runs on ${dataDirectory}; start one with clary start`);
  }
  return server;
}

async function answers(address: ServerAddress): Promise<boolean> {
  try {
    // The pid tells our server from another program that got its port after a crash.
    const response = await fetch(`${address.endpoint}/_clary/health`, { signal: AbortSignal.timeout(5000) });
    const health = (await response.json()) as { pid?: number };
    return health.pid === address.pid;
  } catch {
    return false;
  }
}

async function control(
  server: { readonly address: ServerAddress; readonly token: string },
  request: { readonly method: string; readonly path: string; readonly body: object | undefined },
): Promise<unknown> {
  const response = await fetch(`${server.address.endpoint}/_clary/${request.path}`, {
    method: request.method,
    headers: { authorization: `Bearer ${server.token}`, "content-type": "application/json" },
    ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
  });
  const text = await response.text();
  if (!response.ok) {
    throw new CommandError(messageOf(text) ?? `the server answered ${response.status} ${response.statusText}`);
  }
  return text === "" ? undefined : JSON.parse(text);
}

function messageOf(text: string): string | undefined {
  try {
    return (JSON.parse(text) as { message?: string }).message;
  } catch {
    return undefined;
  }
}

async function readJson<T>(path: string): Promise<T | undefined> {
  const text = await readText(path);
  try {
    return text === undefined ? undefined : (JSON.parse(text) as T);
  } catch {
    return undefined;
  }
}

async function readText(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, "utf8");
  } catch {
    return undefined;
  }
}
