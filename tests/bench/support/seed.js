#!/usr/bin/env node
// Fills a data directory through the server's own stores: seed.js DATA_DIRECTORY ACCOUNT JOBS OBJECTS
// Nothing waits for the disk here; the server that is measured runs with durability on.
import { join } from "node:path";

const stores = "../../../packages/server/dist/platform";
const { openDatabase } = await import(`${stores}/database/open-database.js`);
const { sqliteRecords } = await import(`${stores}/records/sqlite-records.js`);
const { diskObjects } = await import(`${stores}/objects/disk-objects.js`);
const { systemClock } = await import(`${stores}/clock/system-clock.js`);
const { randomIds } = await import(`${stores}/ids/random-ids.js`);

const [directory = "", account = "", jobs = "0", objects = "0"] = process.argv.slice(2);
const state = join(directory, "state");
const database = await openDatabase({ file: join(state, "clary.db"), durable: false });
await seedJobs(sqliteRecords(database), Number(jobs));
const store = await diskObjects(database, {
  directory: join(state, "objects"),
  clock: systemClock(),
  ids: randomIds(),
});
await seedObjects(store, Number(objects));
await database.close();

/** Jobs that ended a second after one another. @param {any} records @param {number} count */
async function seedJobs(records, count) {
  const begin = Date.UTC(2026, 0, 1);
  for (let from = 0; from < count; from += 1000) {
    const writes = Array.from({ length: Math.min(1000, count - from) }, (_, index) => {
      const at = new Date(begin + (from + index) * 1000);
      const name = `job-${String(from + index).padStart(6, "0")}`;
      const key = { collection: "sagemaker.training-job", scope: { account, region: "us-east-1" }, id: name };
      return { type: "create", key, body: jobBody(name, at), createdAt: at, modifiedAt: at, status: "Completed" };
    });
    if (!(await records.batch(writes))) {
      throw new Error("the directory is not empty");
    }
  }
}

/** @param {string} name @param {Date} at */
function jobBody(name, at) {
  return {
    attempt: 1,
    status: "Completed",
    metricDefinitions: [],
    transitions: [{ Status: "Completed", StartTime: at, EndTime: at, StatusMessage: "Training job completed" }],
    startedAt: at,
    endedAt: at,
    modelArtifacts: `s3://bench/${name}/output/model.tar.gz`,
    request: {
      TrainingJobName: name,
      RoleArn: `arn:aws:iam::${account}:role/bench`,
      AlgorithmSpecification: {
        TrainingImage: "811284229777.dkr.ecr.us-east-1.amazonaws.com/xgboost:1",
        TrainingInputMode: "File",
      },
      OutputDataConfig: { S3OutputPath: "s3://bench/" },
      ResourceConfig: { InstanceCount: 1, InstanceType: "ml.m4.xlarge", VolumeSizeInGB: 5 },
      StoppingCondition: { MaxRuntimeInSeconds: 86_400 },
      HyperParameters: { num_round: "10", max_depth: "5", eta: "0.2" },
    },
  };
}

/** @param {any} store @param {number} count */
async function seedObjects(store, count) {
  await store.createBucket({ name: "bench", account, region: "us-east-1" });
  const together = 2000;
  for (let from = 0; from < count; from += together) {
    const amount = Math.min(together, count - from);
    await Promise.all(
      Array.from({ length: amount }, (_, index) =>
        store.put("bench", `data/${String(from + index).padStart(7, "0")}`, Buffer.from(String(index))),
      ),
    );
  }
}
