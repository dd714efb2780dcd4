import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { bostonRows, clients, deploy, trainBoston, uploadBoston, writeBoston } from "../support/boston.js";
import { runLoad } from "../support/load.js";
import { cpuSeconds } from "../support/process-facts.js";
import { benchPython, repository, scratchDirectory, startClary, startPeer } from "../support/servers.js";
import { plainRequest, signedRequest } from "../support/sign.js";
import { median, pairedRatio } from "../support/statistics.js";

const connections = 16;
const requestsPerRound = 20_000;
const rounds = 3;

/** Signed single-row calls at 16 connections against the usual Python servers, which check no signature; in turn, in one run. */
export async function invoke() {
  const directory = scratchDirectory();
  const files = writeBoston(directory);
  const model = join(directory, "peer.json");
  execFileSync(
    benchPython,
    [join(repository, "tests/bench/peers/train_boston.py"), files.train, files.validation, model],
    { stdio: "ignore" },
  );
  const clary = await startClary();
  const client = clients(clary);
  await uploadBoston(client, files);
  const artifact = await trainBoston(client, "boston", clary.executionRoleArn);
  await deploy(client, { name: "boston", roleArn: clary.executionRoleArn, artifact });
  const [flask, fastapi] = await Promise.all([
    startPeer(gunicorn, { MODEL: model }),
    startPeer(uvicorn, { MODEL: model }),
  ]);
  const targets = [
    { name: "clary", pid: clary.pid, port: clary.port, make: (/** @type {number} */ from) => signedCalls(clary, from) },
    { name: "gunicorn + Flask", ...flask, make: (/** @type {number} */ from) => plainCalls(flask.port, from) },
    { name: "uvicorn + FastAPI", ...fastapi, make: (/** @type {number} */ from) => plainCalls(fastapi.port, from) },
  ];
  try {
    const [ours, ...peers] = await measure(targets);
    return peers.map((peer) => ({
      name: `InvokeEndpoint, one row, ${connections} connections`,
      ours: median(ours?.rates ?? []),
      theirs: median(peer.rates),
      unit: "/s",
      ratio: pairedRatio(ours?.rates ?? [], peer.rates),
      wanted: peer.name.includes("Flask") ? "≥ 3 (aim 5)" : "≥ 1.5 (aim 2)",
      peer: peer.name,
      note: `server CPU ${median(ours?.cpu ?? []).toFixed(0)} µs against ${median(peer.cpu).toFixed(0)} µs a request`,
    }));
  } finally {
    await Promise.all([clary.stop(), flask.stop(), fastapi.stop()]);
  }
}

/** @param {number} port */
function gunicorn(port) {
  return ["-m", "gunicorn", "--workers", "2", "--threads", "8", "--bind", `127.0.0.1:${port}`, "flask_app:app"];
}

/** @param {number} port */
function uvicorn(port) {
  const fastest = ["--loop", "uvloop", "--http", "httptools", "--no-access-log"];
  return ["-m", "uvicorn", "--workers", "2", "--port", String(port), ...fastest, "fastapi_app:app"];
}

/** @param {{ name: string, pid: number, port: number, make(from: number): Promise<Buffer[]> | Buffer[] }[]} targets */
async function measure(targets) {
  const results = targets.map(({ name }) => ({
    name,
    rates: /** @type {number[]} */ ([]),
    cpu: /** @type {number[]} */ ([]),
  }));
  for (let round = -1; round < rounds; round++) {
    for (const [index, target] of targets.entries()) {
      const requests = await target.make((round + 1) * requestsPerRound);
      const before = cpuSeconds(target.pid);
      const load = await runLoad({ port: target.port, connections, requests });
      if (load.failures > 0) {
        throw new Error(`${target.name}: ${load.failures} of ${load.requests} requests failed`);
      }
      if (round >= 0) {
        results[index]?.rates.push(load.perSecond);
        results[index]?.cpu.push(((cpuSeconds(target.pid) - before) / load.requests) * 1e6);
      }
    }
  }
  return results;
}

/** @param {any} server @param {number} from */
function signedCalls(server, from) {
  return Promise.all(
    rowsFrom(from).map((body) =>
      signedRequest({
        server,
        service: "sagemaker",
        method: "POST",
        path: "/endpoints/boston/invocations",
        headers: { "content-type": "text/csv" },
        body,
      }),
    ),
  );
}

/** @param {number} port @param {number} from */
function plainCalls(port, from) {
  return rowsFrom(from).map((body) =>
    plainRequest({ port, method: "POST", path: "/invocations", headers: { "content-type": "text/csv" }, body }),
  );
}

/** Rows that differ from request to request, so that no signature comes twice. @param {number} from */
function rowsFrom(from) {
  const rows = bostonRows();
  return Array.from({ length: requestsPerRound }, (_, index) => {
    const [first = 0, ...rest] = (rows[index % rows.length] ?? []).slice(0, 13);
    return [first + (from + index) / 1e7, ...rest].join(",");
  });
}
