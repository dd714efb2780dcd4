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
  /** What the server has written to standard error so far. */
  errors(): string;
  /** Ends it as Ctrl-C does, and removes its data directory if it was made here. */
  stop(): Promise<void>;
}

export interface ServerUnderTestOptions {
  /** Kept after `stop`; a temporary one otherwise. */
  readonly dataDirectory?: string;
  readonly ephemeral?: boolean;
  readonly environment?: Readonly<Record<string, string>>;
  readonly words?: readonly string[];
}

const rootKey = { accessKeyId: "AKIAROOTEXAMPLE00001", secretAccessKey: "rootSecretForTestsOnly0123456789abcdefgh" };

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
  const child = spawn(
    process.execPath,
    [join(repository, "packages/cli/bin/clary.js"), "start", ...words, ...(options.words ?? [])],
    {
      stdio: ["ignore", "pipe", "pipe"],
      env: {
        ...process.env,
        CLARY_ROOT_ACCESS_KEY_ID: rootKey.accessKeyId,
        CLARY_ROOT_SECRET_ACCESS_KEY: rootKey.secretAccessKey,
        CLARY_ACCOUNT_ID: "123456789012",
        ...options.environment,
      },
    },
  );
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
        child.kill("SIGINT");
        await once(child, "exit");
      }
      if (options.dataDirectory === undefined) {
        await rm(dataDirectory, { recursive: true, force: true });
      }
    },
  };
}

type Ready = Pick<ServerUnderTest, "endpoint" | "port" | "accountId" | "region" | "executionRoleArn">;

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
