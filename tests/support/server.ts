import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { repository } from "./clients.ts";

/** A server under test, as somebody outside sees it. Nothing here imports the application. */
export interface ServerUnderTest {
  readonly endpoint: string;
  readonly port: number;
  readonly accountId: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly executionRoleArn: string;
  readonly dataDirectory: string;
  readonly process: ChildProcess;
  /** Of the server itself, also where a `wrapper` started it. */
  readonly pid: number;
  /** What the server has written to standard error so far. */
  errors(): string;
  /** Ends it as Ctrl-C does, and removes its data directory if it was made here. */
  stop(): Promise<void>;
  /** Ends it as a power cut would, as far as a signal can: nothing of it runs another instruction. */
  kill(): Promise<void>;
}

export interface ServerUnderTestOptions {
  /** Kept after `stop`; a temporary one otherwise. */
  readonly dataDirectory?: string;
  readonly ephemeral?: boolean;
  readonly environment?: Readonly<Record<string, string>>;
  readonly words?: readonly string[];
  /** A program with its options that starts and watches the server, such as a tracer. */
  readonly wrapper?: readonly string[];
  /** Called with the process before the server is ready, for tests that do not wait until it is. */
  readonly onSpawn?: (child: ChildProcess) => void;
}

export const commandLine: string = join(repository, "packages/cli/bin/clary.js");

const rootKey = { accessKeyId: "AKIAROOTEXAMPLE00001", secretAccessKey: "rootSecretForTestsOnly0123456789abcdefgh" };

/** The account and its key, for every program that opens a data directory for the first time. */
export const rootKeyVariables = {
  CLARY_ROOT_ACCESS_KEY_ID: rootKey.accessKeyId,
  CLARY_ROOT_SECRET_ACCESS_KEY: rootKey.secretAccessKey,
  CLARY_ACCOUNT_ID: "123456789012",
} as const;

/** Starts the built `clary start` on a free port and waits until it says that it is ready. */
export async function startServer(options: ServerUnderTestOptions = {}): Promise<ServerUnderTest> {
  const dataDirectory = options.dataDirectory ?? (await mkdtemp(join(tmpdir(), "clary-test-")));
  const words = [
    "--port",
    "0",
    "--data-dir",
    dataDirectory,
    "--json",
    ...(options.ephemeral === false ? [] : ["--ephemeral"]),
  ];
  const command = [process.execPath, commandLine, "start", ...words, ...(options.words ?? [])];
  const [program = "", ...programWords] = [...(options.wrapper ?? []), ...command];
  const child = spawn(program, programWords, {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, ...rootKeyVariables, ...options.environment },
  });
  options.onSpawn?.(child);
  let errors = "";
  child.stderr.on("data", (chunk: Buffer) => (errors += chunk.toString()));
  const ready = await readyLine(child, () => errors);
  return {
    ...rootKey,
    ...ready,
    dataDirectory,
    process: child,
    errors: () => errors,
    async stop() {
      if (child.exitCode === null && child.signalCode === null) {
        const exit = once(child, "exit");
        process.kill(ready.pid, "SIGINT");
        await exit;
      }
      if (options.dataDirectory === undefined) {
        await rm(dataDirectory, { recursive: true, force: true });
      }
    },
    async kill() {
      const exit = once(child, "exit");
      process.kill(ready.pid, "SIGKILL");
      await exit;
    },
  };
}

type Ready = Pick<ServerUnderTest, "endpoint" | "port" | "pid" | "accountId" | "region" | "executionRoleArn">;

async function readyLine(child: ChildProcess, errors: () => string): Promise<Ready> {
  if (child.stdout === null) {
    throw new Error("the server's output is not piped");
  }
  const lines = createInterface(child.stdout);
  const exit = once(child, "exit").then(([code]) => {
    throw new Error(`the server ended with code ${String(code)} before it was ready:\n${errors()}`);
  });
  const first = await Promise.race([once(lines, "line"), exit]);
  return JSON.parse(String(first[0])) as Ready;
}
