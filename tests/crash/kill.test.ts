import type { ChildProcess } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { CreateBucketCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { awsClients, type AwsClients } from "../support/aws-clients.ts";
import { allEnded, processesOf, processTree, stillRunning } from "../support/process-table.ts";
import { seededRandom, seedOfRun, type SeededRandom } from "../support/seeded-random.ts";
import { startServer, type ServerUnderTest } from "../support/server.ts";
import { trainingRows } from "../support/training-jobs.ts";
import { checkObjects } from "./support/check-objects.ts";
import { Jobs } from "./support/jobs.ts";
import { Ledger } from "./support/ledger.ts";
import { writeObjects } from "./support/object-load.ts";
import { Uploads } from "./support/uploads.ts";

const rounds = Number(process.env["CLARY_CRASH_ROUNDS"] ?? 12);
const seed = seedOfRun();

// Two buckets: in the first, nobody but the test writes. The execution role may use those that say sagemaker.
const bucket = "crash-objects";
const jobBucket = "sagemaker-crash";

describe(`kill -9, ${rounds} rounds with CLARY_SEED=${seed}`, () => {
  const random = seededRandom(seed);
  const ledger = new Ledger();
  const uploads = new Uploads(bucket, ledger);
  let directory = "";
  let jobs: Jobs | undefined;
  let server: ServerUnderTest | undefined;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), "clary-crash-"));
  });
  afterAll(async () => {
    await server?.stop();
    await rm(directory, { recursive: true, force: true });
  });

  const start = async (): Promise<{ server: ServerUnderTest; clients: AwsClients; jobs: Jobs }> => {
    server = await startServer({ dataDirectory: directory, ephemeral: false });
    const clients = awsClients(server);
    if (jobs === undefined) {
      await clients.s3.send(new CreateBucketCommand({ Bucket: bucket }));
      await clients.s3.send(new CreateBucketCommand({ Bucket: jobBucket }));
      await clients.s3.send(new PutObjectCommand({ Bucket: jobBucket, Key: "train.csv", Body: trainingRows(300) }));
      jobs = new Jobs({ roleArn: server.executionRoleArn, bucket: jobBucket, key: "train.csv" });
    }
    return { server, clients, jobs };
  };

  it("loses nothing that was acknowledged, tears nothing and leaves no process", async () => {
    for (let round = 0; round < rounds; round++) {
      if (round % 5 === 4) {
        await killWhileStarting(directory, random);
      }
      const running = await start();
      const problems = await checkObjects(running.clients.s3, bucket, ledger, (key) => random.next() < readShare(key));
      problems.push(...(await uploads.takeUp(running.clients.s3, random)));
      expect(problems, `round ${round}`).toEqual([]);
      const load = underLoad(running.clients, running.jobs, round);
      await delay(random.integer(20, 1_600));
      const before = processTree(running.server.pid);
      await running.server.kill();
      expect(await load, `answers in round ${round}`).toEqual([]);
      running.clients.destroy();
      await allEnded(() => [...stillRunning(before), ...processesOf(directory)]);
    }
    const { clients, jobs: all } = await start();
    expect(await uploads.takeUp(clients.s3, random)).toEqual([]);
    expect(await uploads.abortForgotten(clients.s3)).toBe(0);
    expect(await checkObjects(clients.s3, bucket, ledger, () => true)).toEqual([]);
    expect(await all.check(clients)).toEqual([]);
    expect(ledger.acknowledged).toBeGreaterThan(rounds);
    console.log(
      `${rounds} rounds: ${ledger.acknowledged} acknowledged writes to ${ledger.keys().length} keys, ` +
        `${uploads.continued} uploads taken up again, ${all.names.length} jobs`,
    );
    clients.destroy();
  }, 1_800_000);

  /** Resolves when the server is gone, with whatever it answered that was no success. */
  async function underLoad(clients: AwsClients, all: Jobs, round: number): Promise<string[]> {
    const { s3 } = clients;
    const writers = ["a", "b", "c", "d"].map((name) =>
      writeObjects({ s3, bucket, ledger, random: random.fork(`${name}${round}`), name, round }),
    );
    const load = [...writers, uploads.run(s3, random.fork(`u${round}`)), all.run(clients)];
    const ends = await Promise.allSettled(load);
    return ends.flatMap((end) => (end.status === "rejected" && isAnswer(end.reason) ? [String(end.reason)] : []));
  }
});

/** Uploads never change once they are complete and are large; the last round reads them all. */
function readShare(key: string): number {
  return key.startsWith("uploads/") ? 0.1 : 1;
}

/** Killed before it is ready, while it migrates, sweeps or takes up jobs. */
async function killWhileStarting(dataDirectory: string, random: SeededRandom): Promise<void> {
  let child: ChildProcess | undefined;
  const started = startServer({ dataDirectory, ephemeral: false, onSpawn: (spawned) => (child = spawned) });
  await delay(random.integer(50, 900));
  child?.kill("SIGKILL");
  await Promise.allSettled([started]);
  await allEnded(() => processesOf(dataDirectory));
}

/** Whether the server answered, be it with an error; a connection that broke is what a killed server leaves. */
function isAnswer(reason: unknown): boolean {
  const status = (reason as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode;
  const isConnection = reason instanceof Error && /ECONN|EPIPE|socket hang up|aborted/.test(`${reason.message}`);
  return status !== undefined || !isConnection;
}
