import { execFileSync } from "node:child_process";
import { createReadStream, createWriteStream, statSync } from "node:fs";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { PutObjectCommand } from "@aws-sdk/client-s3";
import { CreateModelCommand, CreateTransformJobCommand, DescribeTransformJobCommand } from "@aws-sdk/client-sagemaker";
import { bostonRows, clients, image, trainBoston, uploadBoston, writeBoston } from "../support/boston.js";
import { benchPython, repository, scratchDirectory, startClary } from "../support/servers.js";
import { median, pairedRatio } from "../support/statistics.js";

const rows = 1_000_000;
const rounds = 3;

/** A million rows of 13 features, from request to Completed, against read_csv + predict + to_csv in one Python process. */
export async function transform() {
  const directory = scratchDirectory();
  const files = writeBoston(directory);
  const source = join(directory, "million.csv");
  await writeMillion(source);
  const model = join(directory, "peer.json");
  execFileSync(
    benchPython,
    [join(repository, "tests/bench/peers/train_boston.py"), files.train, files.validation, model],
    { stdio: "ignore" },
  );
  const server = await startClary();
  try {
    const client = clients(server);
    await uploadBoston(client, files);
    const artifact = await trainBoston(client, "boston", server.executionRoleArn);
    await client.sagemaker.send(
      new CreateModelCommand({
        ModelName: "boston",
        ExecutionRoleArn: server.executionRoleArn,
        PrimaryContainer: { Image: image, ModelDataUrl: artifact },
      }),
    );
    await client.s3.send(
      new PutObjectCommand({
        Bucket: "sagemaker-bench",
        Key: "million.csv",
        Body: createReadStream(source),
        ContentLength: statSync(source).size,
      }),
    );
    const ours = [];
    const theirs = [];
    for (let round = 0; round < rounds; round++) {
      ours.push(await runTransform(client, `million-${round}`));
      const begin = performance.now();
      execFileSync(
        benchPython,
        [join(repository, "tests/bench/peers/transform_pandas.py"), model, source, join(directory, "peer.csv")],
        { stdio: "ignore" },
      );
      theirs.push((performance.now() - begin) / 1000);
    }
    return [
      {
        name: `transform of ${rows} × 13`,
        ours: median(ours),
        theirs: median(theirs),
        unit: "s",
        ratio: pairedRatio(ours, theirs),
        wanted: "≤ 1 (aim 0.5)",
        peer: "pandas + xgboost",
      },
    ];
  } finally {
    await server.stop();
  }
}

/** @param {ReturnType<typeof clients>} client @param {string} name */
async function runTransform({ sagemaker }, name) {
  const begin = performance.now();
  await sagemaker.send(
    new CreateTransformJobCommand({
      TransformJobName: name,
      ModelName: "boston",
      TransformInput: {
        DataSource: { S3DataSource: { S3DataType: "S3Prefix", S3Uri: "s3://sagemaker-bench/million.csv" } },
        ContentType: "text/csv",
        SplitType: "Line",
      },
      TransformOutput: { S3OutputPath: `s3://sagemaker-bench/${name}` },
      TransformResources: { InstanceType: "ml.m4.xlarge", InstanceCount: 1 },
    }),
  );
  for (;;) {
    const job = await sagemaker.send(new DescribeTransformJobCommand({ TransformJobName: name }));
    if (job.TransformJobStatus === "Completed") {
      return (performance.now() - begin) / 1000;
    }
    if (job.TransformJobStatus !== "InProgress") {
      throw new Error(`${name} ended ${job.TransformJobStatus}: ${job.FailureReason}`);
    }
    await delay(20);
  }
}

/** @param {string} path */
async function writeMillion(path) {
  const data = bostonRows().map((row) => row.slice(0, 13));
  const file = createWriteStream(path);
  for (let written = 0; written < rows; written += data.length) {
    const lines = data
      .slice(0, rows - written)
      .map((row, index) =>
        row.map((value, column) => (column === 0 ? (value + (written + index) / 1e7).toFixed(7) : value)).join(","),
      );
    if (!file.write(`${lines.join("\n")}\n`)) {
      await once(file, "drain");
    }
  }
  file.end();
  await once(file, "finish");
}
