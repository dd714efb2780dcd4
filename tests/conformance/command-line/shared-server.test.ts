import { spawn, type ChildProcessByStdio } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface, type Interface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import { afterAll, beforeAll, expect, it } from "vitest";
import { clary } from "../../support/clary.ts";
import { processesOf } from "../../support/process-table.ts";
import { commandLine } from "../../support/server.ts";

let dataDirectory = "";
beforeAll(async () => {
  dataDirectory = await mkdtemp(join(tmpdir(), "clary-shared-"));
});
afterAll(() => rm(dataDirectory, { recursive: true, force: true }));

const ask = `fetch(process.env.AWS_ENDPOINT_URL + "/_clary/health").then((answer) => console.log(answer.status))`;

/** A program that asks the server once it is running, and again when it is told to, and then ends. */
interface HeldProgram {
  readonly lines: Interface;
  readonly process: ChildProcessByStdio<Writable, Readable, null>;
}

async function heldProgram(): Promise<HeldProgram> {
  const program = `${ask}; process.stdin.once("data", () => ${ask}.then(() => process.exit()))`;
  const words = ["exec", "--data-dir", dataDirectory, "--", process.execPath, "-e", program];
  const child = spawn(process.execPath, [commandLine, ...words], { stdio: ["pipe", "pipe", "inherit"] });
  const lines = createInterface(child.stdout);
  expect(await once(lines, "line")).toEqual(["200"]);
  return { lines, process: child };
}

/** Lets a program ask once more and resolves with what it heard and how `clary exec` ended. */
async function letEnd({ lines, process: child }: HeldProgram): Promise<unknown> {
  const [answer, ended] = [once(lines, "line"), once(child, "exit")];
  child.stdin.write("go\n");
  return { answer: (await answer)[0], code: (await ended)[0] };
}

/** What is left of a server in the directory. */
async function serverLeft(): Promise<unknown> {
  const { code } = await clary(["status", "--data-dir", dataDirectory, "--port", "0"]);
  return { status: code, processes: processesOf(dataDirectory) };
}

const nothing = { status: 3, processes: [] };

it("keeps the server that one program started for another that still uses it, and ends it with the last", async () => {
  const first = await heldProgram();
  const second = await heldProgram();
  expect(await letEnd(first)).toEqual({ answer: "200", code: 0 });
  expect(await letEnd(second)).toEqual({ answer: "200", code: 0 });
  expect(await serverLeft()).toEqual(nothing);
});

it("starts one server for programs that begin at the same time", async () => {
  const words = ["exec", "--data-dir", dataDirectory, "--", process.execPath, "-e", ask];
  for (const ended of await Promise.all([clary(words), clary(words), clary(words)])) {
    expect(ended).toMatchObject({ code: 0, output: "200\n", errors: "" });
  }
  expect(await serverLeft()).toEqual(nothing);
});
