import { existsSync } from "node:fs";
import { mkdtemp, rm, stat } from "node:fs/promises";
import { createServer, type AddressInfo, type Server } from "node:net";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CreateBucketCommand, ListBucketsCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { CreateTrainingJobCommand } from "@aws-sdk/client-sagemaker";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { awsClients, type AwsClients } from "../support/aws-clients.ts";
import { runClary, spawnClary } from "../support/command-line.ts";
import { allEnded, processesOf } from "../support/process-table.ts";
import { startServer, type ServerUnderTest } from "../support/server.ts";
import { trainingRequest, trainingRows } from "../support/training-jobs.ts";
import { until } from "../support/until.ts";

describe("starting and stopping", () => {
  let directory = "";
  let server: ServerUnderTest;
  let clients: AwsClients;

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), "clary-start-"));
    await start();
  });
  afterEach(async () => {
    clients.destroy();
    await server.stop();
    await allEnded(() => processesOf(directory));
    await rm(directory, { recursive: true, force: true });
  });

  async function start(): Promise<void> {
    server = await startServer({ dataDirectory: directory, ephemeral: false });
    clients = awsClients(server);
  }

  async function beginLongTraining(): Promise<void> {
    const bucket = "sagemaker-start";
    await clients.s3.send(new CreateBucketCommand({ Bucket: bucket }));
    await clients.s3.send(new PutObjectCommand({ Bucket: bucket, Key: "train.csv", Body: trainingRows(300) }));
    const hyperParameters = { num_round: "1000000" };
    const plan = { name: "long", roleArn: server.executionRoleArn, bucket, key: "train.csv", hyperParameters };
    await clients.sagemaker.send(new CreateTrainingJobCommand(trainingRequest(plan)));
    await until("its process runs", () => processesOf(directory).some(({ command }) => command.includes("train-main")));
  }

  it("lets one server have a data directory", async () => {
    expect(await runClary(["start", "--port", "0", "--data-dir", directory])).toEqual({
      code: 1,
      stdout: "",
      stderr:
        `clary: The data directory ${directory} is in use by another server (pid ${server.pid}, port ${server.port}). ` +
        "Stop that server (clary stop) or choose another directory (--data-dir).\n",
    });
    expect((await clients.s3.send(new ListBucketsCommand({}))).Buckets).toEqual([]);
  });

  it("says that a port is taken, and leaves the directory to the next server", async () => {
    const other = await occupiedPort();
    const { port } = other.address() as AddressInfo;
    const words = ["start", "--port", String(port), "--data-dir", join(directory, "another")];
    expect(await runClary(words)).toEqual({
      code: 1,
      stdout: "",
      stderr: `clary: Port ${port} on 127.0.0.1 is in use by another program. Choose another with --port, or 0 for any free one.\n`,
    });
    other.close();
    const second = await startServer({ dataDirectory: join(directory, "another"), ephemeral: false });
    await second.stop();
  });

  it("stops by command while a job runs, and then there is nothing to stop", async () => {
    await beginLongTraining();
    expect(await runClary(["stop", "--data-dir", directory])).toEqual({ code: 0, stdout: "Stopped.\n", stderr: "" });
    await allEnded(() => processesOf(directory));
    expect(await runClary(["stop", "--data-dir", directory])).toEqual({
      code: 0,
      stdout: `No server runs on ${directory}.\n`,
      stderr: "",
    });
  });

  it("is reset only while no server has the directory, and only when that is meant", async () => {
    const reset = ["reset", "--data-dir", directory];
    expect(await runClary([...reset, "--yes"])).toMatchObject({
      code: 1,
      stderr: `clary: a server runs on ${directory}; stop it first with clary stop\n`,
    });
    await server.stop();
    expect(await runClary(reset)).toMatchObject({
      code: 2,
      stderr: `clary: this deletes ${directory} with all buckets, jobs and models; add --yes to do it\n`,
    });
    expect(await runClary([...reset, "--yes"])).toEqual({ code: 0, stdout: `Deleted ${directory}.\n`, stderr: "" });
    expect(existsSync(directory)).toBe(false);
  });

  it("resets an ephemeral server while it runs", async () => {
    const ephemeral = await startServer();
    const { s3 } = awsClients(ephemeral);
    await s3.send(new CreateBucketCommand({ Bucket: "gone" }));
    const reset = await runClary(["reset", "--port", String(ephemeral.port), "--data-dir", join(directory, "none")]);
    expect(reset).toEqual({ code: 0, stdout: "The server is empty again.\n", stderr: "" });
    expect((await s3.send(new ListBucketsCommand({}))).Buckets).toEqual([]);
    s3.destroy();
    await ephemeral.stop();
  });

  it("ends at once at the second Ctrl-C, and takes its workloads with it", async () => {
    await beginLongTraining();
    const exit = once(server.process, "exit");
    process.kill(server.pid, "SIGINT");
    process.kill(server.pid, "SIGINT");
    await exit;
    await allEnded(() => processesOf(directory));
    clients.destroy();
    await start();
    expect((await clients.s3.send(new ListBucketsCommand({}))).Buckets).toHaveLength(1);
  });

  it("lets a program that clary exec runs end by itself when the server is killed", async () => {
    // The program waits for its parent's server to be gone: it says that it runs, and ends at the first refused call.
    const program = `
      const url = process.env.AWS_ENDPOINT_URL + "/_clary/health";
      console.log((await fetch(url)).status);
      for (;;) { try { await fetch(url); } catch { console.log("gone"); process.exit(3); } }`;
    const words = ["--", process.execPath, "--input-type=module", "-e", program];
    const exec = spawnClary(["exec", "--data-dir", directory, ...words]);
    const exit = once(exec, "exit");
    let output = "";
    exec.stdout.on("data", (chunk) => (output += String(chunk)));
    await until("the program runs", () => output.startsWith("200\n"));
    await server.kill();
    expect((await exit)[0]).toBe(3);
    expect(output).toBe("200\ngone\n");
  });

  it("leaves no server behind a clary exec that was killed, and its state to the next", async () => {
    const own = join(directory, "own");
    const program = 'console.log("runs"); process.stdin.resume(); setInterval(() => {}, 1000)';
    const exec = spawnClary(["exec", "--data-dir", own, "--", process.execPath, "-e", program]);
    const exit = once(exec, "exit");
    await once(exec.stdout, "data");
    const children = processesOf(own);
    exec.kill("SIGKILL");
    await exit;
    // The program is the user's and may well live on; only the server was ours.
    children.filter(({ pid }) => pid !== exec.pid).forEach(({ pid }) => process.kill(pid, "SIGKILL"));
    const next = await startServer({ dataDirectory: own, ephemeral: false });
    expect((await stat(join(own, "root-credentials.json"))).mode & 0o777).toBe(0o600);
    await next.stop();
  });
});

async function occupiedPort(): Promise<Server> {
  const other = createServer();
  other.listen(0, "127.0.0.1");
  await once(other, "listening");
  return other;
}
