import { execFileSync, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { runLoad } from "../support/load.js";
import { cpuSeconds } from "../support/process-facts.js";
import { endWithBench, freePort, repository, scratchDirectory, startClary, startPeer } from "../support/servers.js";
import { plainRequest, signedRequest } from "../support/sign.js";
import { median, pairedRatio } from "../support/statistics.js";

const clients = 16;
const rounds = 5;
const body = Buffer.alloc(4096, "clary ");
/** Requests of one round, few enough that the slowest peer ends within seconds. */
const counts = { PUT: 4000, GET: 6000, LIST: 200 };
const slowCounts = { PUT: 400, GET: 600, LIST: 16 };

/** 4 KiB objects at 16 clients, durability on, against moto_server and s3rver (neither syncs, neither checks signatures). */
export async function s3() {
  const clary = await startClary();
  const moto = await startPeer(gunicorn);
  const s3rver = await startS3rver();
  const targets = [
    {
      name: "clary",
      pid: clary.pid,
      port: clary.port,
      counts,
      make: (/** @type {Call} */ call) => signedRequest({ server: clary, service: "s3", ...call }),
    },
    {
      name: "moto_server",
      pid: moto.pid,
      port: moto.port,
      counts: slowCounts,
      make: (/** @type {Call} */ call) => unsigned(moto.port, call, scopeOfS3),
    },
    {
      name: "s3rver",
      pid: s3rver.pid,
      port: s3rver.port,
      counts: slowCounts,
      make: (/** @type {Call} */ call) => unsigned(s3rver.port, call),
    },
  ];
  try {
    for (const target of targets) {
      for (const bucket of ["written", "listed"]) {
        await send(target, [await target.make({ method: "PUT", path: `/${bucket}` })], 1);
      }
      await fill(target);
    }
    return await compareAll(targets);
  } finally {
    await Promise.all([clary.stop(), moto.stop(), s3rver.stop()]);
  }
}

/** @typedef {{ method: string, path: string, query?: Record<string, string>, headers?: Record<string, string>, body?: string | Uint8Array }} Call */
/** @typedef {{ name: string, pid: number, port: number, counts: Record<string, number>, make(call: Call): Promise<Uint8Array> }} Target */

/** @param {Target[]} targets */
async function compareAll(targets) {
  const rows = [];
  for (const kind of /** @type {const} */ (["PUT", "GET", "LIST"])) {
    // s3rver answers some of several listings at a time with an error.
    const measured = targets.filter(({ name }) => kind !== "LIST" || name !== "s3rver");
    const [ours = [], ...peers] = await roundsOf(kind, measured);
    rows.push(...peers.map((peer, index) => compare(kind, ours, peer, measured[index + 1]?.name ?? "")));
  }
  return rows;
}

/** @typedef {{ perSecond: number, cpu: number }} Measured */

/** All rounds of each target, in turn; the first one warms everybody up. @param {"PUT" | "GET" | "LIST"} kind @param {Target[]} targets */
async function roundsOf(kind, targets) {
  const results = targets.map(() => /** @type {Measured[]} */ ([]));
  for (let round = 0; round <= rounds; round++) {
    for (const [index, target] of targets.entries()) {
      results[index]?.push(await measure(target, kind, round));
    }
  }
  return results.map((measured) => measured.slice(1));
}

/** @param {"PUT" | "GET" | "LIST"} kind @param {Measured[]} ours @param {Measured[]} theirs @param {string} peer */
function compare(kind, ours, theirs, peer) {
  const [ourRates, theirRates] = [ours, theirs].map((all) => all.map(({ perSecond }) => perSecond));
  const [ourCpu, theirCpu] = [ours, theirs].map((all) => median(all.map(({ cpu }) => cpu)).toFixed(0));
  return {
    name: kind === "LIST" ? "S3 list of 1,000 keys, 16 clients" : `S3 ${kind} 4 KiB, 16 clients`,
    ours: median(ourRates ?? []),
    theirs: median(theirRates ?? []),
    unit: "/s",
    ratio: pairedRatio(ourRates ?? [], theirRates ?? []),
    wanted: wantedRatio(kind, peer),
    peer,
    note: `server CPU ${ourCpu} µs against ${theirCpu} µs a request`,
  };
}

/** @param {"PUT" | "GET" | "LIST"} kind @param {string} peer */
function wantedRatio(kind, peer) {
  if (peer === "moto_server") {
    return "≥ 10";
  }
  return kind === "PUT" ? "≥ 2" : "–";
}

/** @param {Target} target @param {"PUT" | "GET" | "LIST"} kind @param {number} round */
async function measure(target, kind, round) {
  const requests = await Promise.all(
    Array.from({ length: target.counts[kind] ?? 0 }, (_, index) => target.make(callOf(kind, round, index))),
  );
  // What a peer wrote and did not sync would have to be written within our syncs: everybody begins with a disk that is idle.
  execFileSync("sync");
  const before = cpuSeconds(target.pid);
  const load = await send(target, requests, clients);
  return { perSecond: load.perSecond, cpu: ((cpuSeconds(target.pid) - before) / load.requests) * 1e6 };
}

/** @param {"PUT" | "GET" | "LIST"} kind @param {number} round @param {number} index @returns {Call} */
function callOf(kind, round, index) {
  // A header of its own makes every signed request distinct also where method, path and second are the same.
  const headers = { "x-amz-meta-n": `${round}-${index}` };
  switch (kind) {
    case "PUT":
      return { method: "PUT", path: `/written/${round}/${index}`, body, headers };
    case "GET":
      return { method: "GET", path: `/listed/keys/${String(index % 1000).padStart(4, "0")}`, headers };
    case "LIST":
      return {
        method: "GET",
        path: "/listed",
        query: { "list-type": "2", "max-keys": "1000", prefix: "keys/" },
        headers,
      };
  }
}

/** The 1,000 keys that are read and listed. @param {Target} target */
async function fill(target) {
  const calls = Array.from({ length: 1000 }, (_, index) => ({
    method: "PUT",
    path: `/listed/keys/${String(index).padStart(4, "0")}`,
    body,
  }));
  await send(target, await Promise.all(calls.map((call) => target.make(call))), 4);
}

/** @param {Target} target @param {Uint8Array[]} requests @param {number} connections */
async function send(target, requests, connections) {
  const load = await runLoad({ port: target.port, connections, requests });
  if (load.failures > 0) {
    throw new Error(`${target.name}: ${load.failures} of ${load.requests} requests failed`);
  }
  return load;
}

/** moto finds the service by the scope of a signature, and does not check it. */
const scopeOfS3 = {
  authorization: "AWS4-HMAC-SHA256 Credential=AKID/20260101/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=0",
};

/** @param {number} port @param {Call} call @param {Record<string, string>} [scope] */
async function unsigned(port, call, scope = {}) {
  return plainRequest({ port, ...call, headers: { ...call.headers, ...scope } });
}

/** moto_server's own server closes each connection; gunicorn is a fifth faster. One worker: moto keeps its state in the process. @param {number} port */
function gunicorn(port) {
  return ["-m", "gunicorn", "--workers", "1", "--threads", "16", "--bind", `127.0.0.1:${port}`, "moto_app:app"];
}

/** s3rver from npm, in the scratch environment of the peers. */
async function startS3rver() {
  const port = await freePort();
  const home = join(repository, ".clients/s3rver");
  if (!existsSync(join(home, "node_modules/s3rver"))) {
    execFileSync("npm", ["install", "--silent", "--no-audit", "--no-fund", "--prefix", home, "s3rver@3.7.1"], {
      stdio: "inherit",
    });
  }
  const program = `const S3rver = require("s3rver");
    new S3rver({ port: ${port}, address: "127.0.0.1", silent: true, directory: ${JSON.stringify(scratchDirectory())}, allowMismatchedSignatures: true })
      .run().then(() => console.log("ready"));`;
  const child = spawn(process.execPath, ["--no-deprecation", "-e", program], {
    cwd: home,
    stdio: ["ignore", "pipe", "ignore"],
  });
  endWithBench(child);
  await once(createInterface(child.stdout), "line");
  const stop = async () => void child.kill("SIGTERM");
  return { port, pid: Number(child.pid), stop };
}
