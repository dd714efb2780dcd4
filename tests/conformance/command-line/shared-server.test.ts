import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { clary } from "../../support/clary.ts";
import { processesOf } from "../../support/process-table.ts";

let dataDirectory = "";
beforeAll(async () => {
  dataDirectory = await mkdtemp(join(tmpdir(), "clary-shared-"));
});
afterAll(() => rm(dataDirectory, { recursive: true, force: true }));

/** Ends when its answer about the server has come, so that the order of the programs' ends is theirs, not the clock's. */
const ask = `fetch(process.env.AWS_ENDPOINT_URL + "/_clary/health").then((answer) => console.log(answer.status))`;

it("lets programs share the server that the first of them started, and ends it with the last", async () => {
  const exec = (program: string): ReturnType<typeof clary> =>
    clary(["exec", "--data-dir", dataDirectory, "--", process.execPath, "-e", program]);
  // All four begin at once: one starts the server, the others find it or wait for it; the last one outlives the others.
  const short = [exec(ask), exec(ask), exec(ask)];
  const long = exec(`setTimeout(() => ${ask}, 2000)`);
  for (const ended of await Promise.all([...short, long])) {
    expect(ended).toMatchObject({ code: 0, output: "200\n", errors: "" });
  }
  expect(await clary(["status", "--data-dir", dataDirectory, "--port", "0"])).toMatchObject({ code: 3 });
  expect(processesOf(dataDirectory)).toEqual([]);
});
