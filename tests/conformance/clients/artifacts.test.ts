import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { GetObjectCommand } from "@aws-sdk/client-s3";
import { CreateEndpointCommand } from "@aws-sdk/client-sagemaker";
import { InvokeEndpointCommand } from "@aws-sdk/client-sagemaker-runtime";
import { afterAll, beforeAll, expect, it } from "vitest";
import { makeArchive, readArchive } from "../../support/archive.ts";
import { run } from "../../support/clary.ts";
import { describeWithClient } from "../../support/clients.ts";
import { trainingUnderTest } from "../sagemaker/support/training-under-test.ts";

const under = trainingUnderTest();
const script = fileURLToPath(new URL("xgboost_reference.py", import.meta.url));
const registry = "683313688378.dkr.ecr.us-east-1.amazonaws.com/sagemaker-xgboost";
const images = {
  "xgboost:1": "811284229777.dkr.ecr.us-east-1.amazonaws.com/xgboost:1",
  "sagemaker-xgboost:1.2-1": `${registry}:1.2-1`,
  "sagemaker-xgboost:1.7-1": `${registry}:1.7-1`,
  "sagemaker-xgboost:3.0-5": `${registry}:3.0-5`,
} as const;
const rows = Array.from({ length: 30 }, (_, i) => [i % 7, (i * 3) % 10]);

let directory = "";
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "clary-artifacts-"));
  await writeFile(join(directory, "rows.json"), JSON.stringify(rows));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

async function reference(python: string, command: "read" | "write"): Promise<number[]> {
  const { code, output, errors } = await run(python, [script, command, directory]);
  expect({ code, errors: code === 0 ? "" : errors }).toEqual({ code: 0, errors: "" });
  return JSON.parse(output) as number[];
}

/** What an endpoint of that image predicts for `rows`. */
async function served(name: string, Image: string, ModelDataUrl: string): Promise<number[]> {
  await under.createModel(name, { PrimaryContainer: { Image, ModelDataUrl } });
  await under.createConfig(name, name);
  const { sagemaker, runtime } = under.clients;
  await sagemaker.send(new CreateEndpointCommand({ EndpointName: name, EndpointConfigName: name }));
  await under.inService(name);
  const Body = rows.map((row) => row.join(",")).join("\n");
  const answer = await runtime.send(new InvokeEndpointCommand({ EndpointName: name, ContentType: "text/csv", Body }));
  return answer.Body.transformToString().trim().split(/[,\n]/).map(Number);
}

/** The largest difference between two lists of predictions; infinite where their lengths differ. */
function difference(values: readonly number[], expected: readonly number[]): number {
  const differences = values.map((value, i) => Math.abs(value - (expected[i] ?? Infinity)));
  return values.length === expected.length ? Math.max(...differences) : Infinity;
}

describeWithClient("xgboost", "artifacts", (python) => {
  // Python's xgboost 3.1 and later no longer read the binary form that image 1.7-1 and its neighbours write; the golden
  // tests show that earlier releases do.
  it.each(["xgboost:1", "sagemaker-xgboost:1.2-1", "sagemaker-xgboost:3.0-5"] as const)(
    "of %s open in Python, which predicts what the endpoint predicts",
    async (image) => {
      const name = `made-${image.replaceAll(/[:.]/g, "-")}`;
      const Image = images[image];
      const AlgorithmSpecification = { TrainingImage: Image, TrainingInputMode: "File" as const };
      const objective = image === "xgboost:1" ? "reg:linear" : "reg:squarederror";
      const HyperParameters = { num_round: "20", objective, early_stopping_rounds: "5" };
      const channels = ["train", "validation"].map((channel) => under.channel(channel, "rows/"));
      const job = await under.train(name, { AlgorithmSpecification, HyperParameters, InputDataConfig: channels });
      expect([job.TrainingJobStatus, job.FailureReason]).toEqual(["Completed", undefined]);
      const object = { Bucket: under.bucket, Key: `output/${name}/output/model.tar.gz` };
      const got = await under.clients.s3.send(new GetObjectCommand(object));
      const files = await readArchive((await got.Body?.transformToByteArray()) ?? new Uint8Array());
      expect([...files.keys()]).toEqual(["xgboost-model"]);
      await writeFile(join(directory, "xgboost-model"), files.get("xgboost-model") ?? "");
      const predictions = await served(name, Image, job.ModelArtifacts?.S3ModelArtifacts ?? "");
      expect(difference(predictions, await reference(python, "read"))).toBeLessThan(1e-5);
    },
  );

  it("made by Python are served, whatever their form, by every image", async () => {
    const expected = await reference(python, "write");
    for (const form of ["pickle", "json", "ubj"]) {
      const content = await readFile(join(directory, form, "xgboost-model"));
      await under.put(`python/${form}/model.tar.gz`, await makeArchive({ "xgboost-model": content }));
      for (const [image, Image] of Object.entries(images)) {
        const name = `python-${form}-${image.replaceAll(/[:.]/g, "-")}`;
        const predictions = await served(name, Image, `s3://${under.bucket}/python/${form}/model.tar.gz`);
        expect(difference(predictions, expected)).toBeLessThan(1e-5);
      }
    }
  });
});
