import { gunzipSync, gzipSync } from "node:zlib";
import { DeleteEndpointCommand } from "@aws-sdk/client-sagemaker";
import { PutObjectCommand } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeArchive, readArchive } from "../support/archive.ts";
import { deploy } from "../support/endpoints.ts";
import { readObject } from "../support/read-object.ts";
import { seededRandom, seedOfRun, type SeededRandom } from "../support/seeded-random.ts";
import { train, trainingRows } from "../support/training-jobs.ts";
import { bucket, startFuzzedServer, type FuzzedServer } from "./support/fuzzed-server.ts";

const seed = seedOfRun();
const mutants = Number(process.env["CLARY_FUZZ_FILES"] ?? 6);

describe(`files of users, damaged with CLARY_SEED=${seed}`, () => {
  const random = seededRandom(seed);
  let fuzzed: FuzzedServer;
  let good: Buffer;
  let model: Buffer;

  beforeAll(async () => {
    fuzzed = await startFuzzedServer();
    const [, key = ""] = /^s3:\/\/[^/]+\/(.+)$/.exec(fuzzed.modelData) ?? [];
    good = await readObject(fuzzed.clients.s3, bucket, key);
    model = (await readArchive(good)).get("xgboost-model") ?? Buffer.alloc(0);
  });
  afterAll(() => fuzzed.server.stop());

  /** Puts the bytes behind an endpoint, which is then in service or says why it is not. */
  async function serve(name: string, bytes: Uint8Array): Promise<string> {
    const { s3, sagemaker } = fuzzed.clients;
    await s3.send(new PutObjectCommand({ Bucket: bucket, Key: `models/${name}.tar.gz`, Body: bytes }));
    const modelData = `s3://${bucket}/models/${name}.tar.gz`;
    const endpoint = await deploy(sagemaker, { name, roleArn: fuzzed.server.executionRoleArn, modelData });
    await sagemaker.send(new DeleteEndpointCommand({ EndpointName: name }));
    return endpoint.EndpointStatus === "Failed" ? `Failed: ${endpoint.FailureReason}` : `${endpoint.EndpointStatus}`;
  }

  it.each<[string, () => Promise<Uint8Array>]>([
    ["no-archive", () => Promise.resolve(Buffer.from("this is no archive"))],
    ["empty", () => Promise.resolve(Buffer.alloc(0))],
    ["no-model", () => makeArchive({ "readme.txt": "hello" })],
    ["escaping", () => makeArchive({ "../../../../tmp/clary-escaped": "x", "xgboost-model": "x" })],
    ["pickle-that-runs", () => makeArchive({ "xgboost-model": runningPickle })],
    ["deep-json", () => makeArchive({ "xgboost-model": '{"learner":'.repeat(100_000) })],
    ["half", () => Promise.resolve(good.subarray(0, good.length / 2))],
  ])("an artifact that is bad (%s) does not get into service, and says why", async (name, make) => {
    expect(await serve(name, await make())).toMatch(/^Failed: \S+/);
  });

  it(`${mutants} damaged models are served or refused`, async () => {
    const outcomes: string[] = [];
    for (let count = 0; count < mutants; count++) {
      const archive =
        count % 2 === 0 ? await makeArchive({ "xgboost-model": damaged(model, random) }) : rezipped(good, random);
      outcomes.push(await serve(`mutant-${count}`, archive));
    }
    expect(outcomes.filter((outcome) => !/^(InService|Failed: \S)/.test(outcome))).toEqual([]);
  });

  it.each([
    ["header", "label,a,b\n1,2,3\n"],
    ["text", "1,two,3\n4,5,6\n"],
    ["quotes", '"1","2","3"\n"4","5","6"\n'],
    ["ragged", "1,2,3\n4,5\n6,7,8,9\n"],
    ["nan-label", "nan,2,3\n4,5,6\n"],
    ["empty", ""],
    ["nul", "1,2\0,3\n"],
    ["long-row", `1,${"2,".repeat(300_000)}3\n`],
  ])("training data that is bad (%s) is trained on or refused as the user's", async (name, text) => {
    expect(await outcomeOf(`data-${name}`, Buffer.from(text))).toMatch(
      /^(Completed|Failed: (ClientError|AlgorithmError): \S)/,
    );
  });

  it(`${mutants} damaged training sets are trained on or refused as the user's`, async () => {
    const rows = Buffer.from(trainingRows(100));
    const outcomes: string[] = [];
    for (let count = 0; count < mutants; count++) {
      outcomes.push(await outcomeOf(`damaged-${count}`, damaged(rows, random)));
    }
    expect(
      outcomes.filter((outcome) => !/^(Completed|Failed: (ClientError|AlgorithmError): \S)/.test(outcome)),
    ).toEqual([]);
  });

  it("leave the server as it was", async () => {
    expect(await fuzzed.harm(300)).toEqual([]);
  });

  async function outcomeOf(name: string, data: Uint8Array): Promise<string> {
    const { s3, sagemaker } = fuzzed.clients;
    const key = `data/${name}.csv`;
    await s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: data }));
    const job = await train(sagemaker, { name, roleArn: fuzzed.server.executionRoleArn, bucket, key });
    return job.TrainingJobStatus === "Failed" ? `Failed: ${job.FailureReason}` : `${job.TrainingJobStatus}`;
  }
});

/** What `pickle.dumps` makes of an object whose `__reduce__` is `(os.system, ("touch /tmp/clary-escaped",))`. */
const runningPickle = Buffer.from("cposix\nsystem\n(S'touch /tmp/clary-escaped'\ntR.");

/** Some bytes overwritten, some cut out or doubled. */
function damaged(bytes: Buffer, random: SeededRandom): Buffer {
  const copy = Buffer.from(bytes);
  for (let count = random.integer(1, 12); count > 0; count--) {
    copy[random.integer(0, copy.length - 1)] = random.integer(0, 255);
  }
  const [from, to] = [random.integer(0, copy.length), random.integer(0, copy.length)];
  return random.next() < 0.5 ? copy : Buffer.concat([copy.subarray(0, from), copy.subarray(to)]);
}

/** Damage inside the archive, in what is wrapped whole again. */
function rezipped(archive: Buffer, random: SeededRandom): Buffer {
  return gzipSync(damaged(gunzipSync(archive), random));
}
