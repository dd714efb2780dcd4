import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { openGateway, type OpenGateway } from "./composition/open-gateway.ts";
import { StartError, type ServerOptions } from "./composition/options.ts";
import { openWorld, type World, type WorldParts } from "./composition/world.ts";
import { Holds } from "./control/holds.ts";
import { listen, type Listener } from "./gateway/listen.ts";
import { systemClock } from "./platform/clock/system-clock.ts";
import { announceElsewhere, LastingStateError } from "./platform/data-directory/announce-elsewhere.ts";
import {
  DataDirectoryInUseError,
  openDataDirectory,
  type DataDirectory,
} from "./platform/data-directory/data-directory.ts";
import { replaceFile } from "./platform/files/replace-file.ts";
import { randomIds } from "./platform/ids/random-ids.ts";
import { openLogDestination } from "./platform/log/log-destination.ts";
import { createServerLog, type LogLevel } from "./platform/log/server-log.ts";

export { StartError, type ServerOptions } from "./composition/options.ts";

/** A server that is ready. */
export interface RunningServer {
  readonly port: number;
  /** `http://127.0.0.1:PORT`. */
  readonly endpoint: string;
  readonly accountId: string;
  readonly region: string;
  readonly executionRoleArn: string;
  readonly dataDirectory: string;
  readonly ephemeral: boolean;
  /** From the call of `startServer` until it listened. */
  readonly readyMs: number;
  /** Resolves when somebody asks it to stop (`POST /_clary/stop`); whoever started it then closes it. */
  readonly stopRequested: Promise<void>;
  /** Finishes requests, ends workloads so that the next start resumes them, and frees the data directory. */
  close(): Promise<void>;
}

/**
 * Starts a server and resolves when it answers. Work that an earlier one left goes on behind it.
 * @throws StartError when the port or the directory cannot be had, or the options do not fit the state.
 */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const begin = performance.now();
  const directory = await openDirectory(options);
  try {
    return await startIn(directory, options, begin);
  } catch (error) {
    await directory.close();
    throw error;
  }
}

async function startIn(directory: DataDirectory, options: ServerOptions, begin: number): Promise<RunningServer> {
  const clock = systemClock();
  const destination = openLogDestination(2, clock);
  const log = createServerLog({ level: options.logLevel as LogLevel, destination, clock });
  const parts: WorldParts = { options, directory, clock, ids: randomIds(), log };
  const world = await openWorld(parts);
  const stop = stopSwitch();
  const holds = new Holds(() => (options.untilUnused === true ? stop.request() : undefined));
  const controls = { controlToken: await controlToken(directory), stop: stop.request, holds };
  const gateway = await openGateway(parts, world, controls);
  const listener = await listenOn(gateway, options, world);
  await announce(directory, listener, world);
  const takeAway = await announceNamed(directory, options).catch(async (error: unknown) => {
    await listener.close();
    await world.close();
    throw error;
  });
  if (options.untilUnused === true) {
    holds.expectFirst(clock);
  }
  void gateway
    .world()
    .resume()
    .catch((error: unknown) => log.error({ err: error }, "resume"));
  return {
    port: listener.port,
    endpoint: gateway.endpoint(listener.port),
    accountId: world.account.account,
    region: options.region,
    executionRoleArn: world.account.executionRoleArn,
    dataDirectory: directory.path,
    ephemeral: directory.ephemeral,
    readyMs: performance.now() - begin,
    stopRequested: stop.requested,
    async close() {
      holds.end();
      await listener.close();
      await gateway.world().close();
      await destination.close();
      await takeAway();
      await directory.close();
    },
  };
}

function stopSwitch(): { readonly requested: Promise<void>; readonly request: () => void } {
  let request = (): void => {};
  const requested = new Promise<void>((resolve) => (request = resolve));
  return { requested, request: () => request() };
}

async function openDirectory({ dataDirectory, ephemeral }: ServerOptions): Promise<DataDirectory> {
  try {
    return await openDataDirectory({ path: dataDirectory, ephemeral });
  } catch (error) {
    if (error instanceof DataDirectoryInUseError) {
      throw new StartError(error.message);
    }
    throw new StartError(
      `The data directory ${dataDirectory} cannot be opened: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

async function listenOn(gateway: OpenGateway, { host, port }: ServerOptions, world: World): Promise<Listener> {
  try {
    return await listen(gateway, { host, port, clock: systemClock() });
  } catch (error) {
    await world.close();
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === "EADDRINUSE") {
      throw new StartError(
        `Port ${port} on ${host} is in use by another program. Choose another with --port, or 0 for any free one.`,
      );
    }
    if (code === "EACCES" || code === "EADDRNOTAVAIL") {
      throw new StartError(`Port ${port} on ${host} cannot be opened (${code}).`);
    }
    throw error;
  }
}

/** The secret by which the command line controls the server; made at the first start. */
async function controlToken(directory: DataDirectory): Promise<string> {
  const path = directory.file("control-token");
  const known = await readFile(path, "utf8").catch(() => "");
  if (/^[0-9a-f]{64}\n$/.test(known)) {
    return known.trim();
  }
  const token = randomBytes(32).toString("hex");
  await replaceFile(path, `${token}\n`, 0o600);
  return token;
}

/** Leaves what programs on this machine need to find the server and to be root on it. */
async function announce(directory: DataDirectory, listener: Listener, { account }: World): Promise<void> {
  const { accessKeyId, secretAccessKey } = account.rootKey;
  const credentials = { AccountId: account.account, AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey };
  await replaceFile(directory.file("root-credentials.json"), `${JSON.stringify(credentials, undefined, 2)}\n`, 0o600);
  await directory.announce(listener.port);
}

/** Where an ephemeral server is to be found, if somebody named a place. */
async function announceNamed(directory: DataDirectory, { announceIn }: ServerOptions): Promise<() => Promise<void>> {
  try {
    return announceIn === undefined ? async () => undefined : await announceElsewhere(directory, announceIn);
  } catch (error) {
    if (error instanceof LastingStateError) {
      throw new StartError(error.message);
    }
    const reason = error instanceof Error ? error.message : String(error);
    throw new StartError(`The data directory ${announceIn ?? ""} cannot be written: ${reason}`);
  }
}
