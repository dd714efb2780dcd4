import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { runLoad } from "../support/load.js";
import { scratchDirectory, startClary } from "../support/servers.js";
import { signedRequest } from "../support/sign.js";
import { median } from "../support/statistics.js";

const page = { jobs: 100, objects: 1000 };
const full = { jobs: 100_000, objects: 1_000_000 };
const rounds = 5;
const requestsPerRound = 100;

/** A Describe and one full list page on a server with very many jobs and objects, against one that holds only that page. */
export async function scale() {
  const small = await seededServer(page);
  const large = await seededServer(full);
  try {
    const rows = [];
    for (const [name, call] of Object.entries(calls)) {
      const [onSmall, onLarge] = await interleaved([small, large], call);
      rows.push({
        name,
        ours: onLarge ?? Number.NaN,
        theirs: onSmall ?? Number.NaN,
        unit: "ms",
        ratio: (onLarge ?? 0) / (onSmall ?? 1),
        wanted: "≤ 2",
        peer: "the same page alone",
      });
    }
    return rows;
  } finally {
    await Promise.all([small.stop(), large.stop()]);
  }
}

const json = { "content-type": "application/x-amz-json-1.1" };
/** @type {Record<string, (n: string) => object>} */
const calls = {
  DescribeTrainingJob: (n) => target("DescribeTrainingJob", { TrainingJobName: "job-000050" }, n),
  "ListTrainingJobs, 100 newest": (n) => target("ListTrainingJobs", { MaxResults: 100 }, n),
  "ListTrainingJobs, 100 by name": (n) =>
    target("ListTrainingJobs", { MaxResults: 100, SortBy: "Name", SortOrder: "Ascending" }, n),
  "ListObjectsV2, 1,000 keys": (n) => ({
    service: "s3",
    method: "GET",
    path: "/bench",
    query: { "list-type": "2" },
    headers: { "x-amz-meta-n": n },
  }),
};

/** @param {string} operation @param {object} input @param {string} n */
function target(operation, input, n) {
  return {
    service: "sagemaker",
    method: "POST",
    path: "/",
    headers: { ...json, "x-amz-target": `SageMaker.${operation}`, "x-n": n },
    body: JSON.stringify(input),
  };
}

/** Median latency (ms) on each server, measured in turn. @param {any[]} servers @param {(n: string) => any} call */
async function interleaved(servers, call) {
  const medians = servers.map(() => /** @type {number[]} */ ([]));
  for (let round = -1; round < rounds; round++) {
    for (const [index, server] of servers.entries()) {
      const requests = await Promise.all(
        Array.from({ length: requestsPerRound }, (_, n) => signedRequest({ server, ...call(`${round}-${n}`) })),
      );
      const load = await runLoad({ port: server.port, connections: 1, requests });
      if (load.failures > 0) {
        throw new Error(`${load.failures} of ${load.requests} requests failed`);
      }
      // The first round warms both up.
      if (round >= 0) {
        medians[index]?.push(load.p50);
      }
    }
  }
  return medians.map(median);
}

/** A million PUTs would measure nothing but patience: records and objects are written through the stores, before the start. @param {{ jobs: number, objects: number }} amounts */
async function seededServer(amounts) {
  const dataDirectory = scratchDirectory();
  const first = await startClary({ dataDirectory });
  await first.stop();
  const seed = fileURLToPath(new URL("../support/seed.js", import.meta.url));
  execFileSync(
    process.execPath,
    [seed, dataDirectory, first.accountId, String(amounts.jobs), String(amounts.objects)],
    { stdio: "inherit" },
  );
  return startClary({ dataDirectory });
}
