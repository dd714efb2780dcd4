// Starts what is measured: a Clary server with its state on disk, and peers at their best settings.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";

export const repository = fileURLToPath(new URL("../../..", import.meta.url));
export const benchPython = join(repository, ".clients/bench/bin/python");
const rootKey = { accessKeyId: "AKIAROOTEXAMPLE00001", secretAccessKey: "rootSecretForBenchOnly0123456789abcdefgh" };

/** @typedef {{ port: number, pid: number, stop(): Promise<void> }} Running */

/** @type {string[]} */
const scratch = [];
/** @type {Set<import("node:child_process").ChildProcess>} */
const children = new Set();
process.on("exit", () => {
  children.forEach((child) => child.kill("SIGKILL"));
  scratch.forEach((directory) => rmSync(directory, { recursive: true, force: true }));
});

/** A place for files, removed when the process ends. */
export function scratchDirectory() {
  const directory = mkdtempSync(join(tmpdir(), "clary-bench-"));
  scratch.push(directory);
  return directory;
}

/** Ends what a scenario that failed has left running. */
export async function stopAll() {
  await Promise.all([...children].map(end));
}

/** @param {import("node:child_process").ChildProcess} child */
export function endWithBench(child) {
  children.add(child);
  child.once("exit", () => children.delete(child));
}

/** A port that was free a moment ago. @returns {Promise<number>} */
export async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  return typeof address === "object" && address !== null ? address.port : 0;
}

/** Clary with durability on. @param {{ dataDirectory?: string }} [options] */
export async function startClary({ dataDirectory = scratchDirectory() } = {}) {
  const begin = performance.now();
  const words = ["start", "--port", "0", "--data-dir", dataDirectory, "--json"];
  const child = spawn(process.execPath, [join(repository, "packages/cli/bin/clary.js"), ...words], {
    stdio: ["ignore", "pipe", "inherit"],
    env: {
      ...process.env,
      CLARY_ROOT_ACCESS_KEY_ID: rootKey.accessKeyId,
      CLARY_ROOT_SECRET_ACCESS_KEY: rootKey.secretAccessKey,
    },
  });
  endWithBench(child);
  const [line] = await once(createInterface(child.stdout), "line");
  const readySeconds = (performance.now() - begin) / 1000;
  const ready = JSON.parse(String(line));
  return { ...rootKey, ...ready, readySeconds, dataDirectory, pid: Number(child.pid), stop: () => end(child) };
}

/** A program of the bench environment that listens on the port it is given. @param {(port: number) => string[]} words @param {Record<string, string>} [environment] @returns {Promise<Running>} */
export async function startPeer(words, environment = {}) {
  requireBench();
  const port = await freePort();
  const child = spawn(benchPython, words(port), {
    stdio: ["ignore", "ignore", process.env["CLARY_BENCH_VERBOSE"] ? "inherit" : "ignore"],
    cwd: join(repository, "tests/bench/peers"),
    env: { ...process.env, OMP_NUM_THREADS: "1", ...environment },
  });
  endWithBench(child);
  await untilListening(port, child);
  return { port, pid: Number(child.pid), stop: () => end(child) };
}

export function requireBench() {
  if (!existsSync(benchPython)) {
    throw new Error("The peers are not installed: node tools/clients/install.js bench");
  }
}

/** @param {import("node:child_process").ChildProcess} child */
async function end(child) {
  if (child.exitCode === null && child.signalCode === null) {
    child.kill("SIGTERM");
    await once(child, "exit");
  }
}

/** A peer has no way to say that it is ready, so its port is tried. @param {number} port @param {import("node:child_process").ChildProcess} child */
async function untilListening(port, child) {
  while (child.exitCode === null) {
    const socket = connect(port, "127.0.0.1");
    const connected = await Promise.race([
      once(socket, "connect").then(() => true),
      once(socket, "error").then(() => false),
    ]).catch(() => false);
    socket.destroy();
    if (connected) {
      return;
    }
    await delay(50);
  }
  throw new Error(`a peer ended with code ${child.exitCode} before it listened; CLARY_BENCH_VERBOSE=1 shows why`);
}
