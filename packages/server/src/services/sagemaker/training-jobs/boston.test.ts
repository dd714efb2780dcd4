import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, it } from "vitest";
import { systemClock } from "../../../platform/clock/system-clock.ts";
import { processBackend } from "../../../platform/compute/process/process-backend.ts";
import { temporaryDirectory } from "../../../platform/testing/temporary-directory.ts";
import {
  type TrainingFixture,
  trainingChannel,
  trainingFixture,
  trainingRequest,
} from "../testing/training-fixture.ts";

const directory = temporaryDirectory();
let fixture: TrainingFixture;

beforeAll(async () => {
  const clock = systemClock();
  const environment = Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
  const compute = processBackend({ directory: directory.path, clock, environment });
  fixture = await trainingFixture({ clock, compute });
});
afterAll(async () => {
  await fixture.close();
  directory.remove();
});

it("trains XGBoost on the Boston data in a process of its own", async () => {
  const [header, ...rows] = bostonRows();
  expect(header).toContain("MEDV");
  await fixture.put("boston/train/train.csv", rows.slice(0, 400).join("\n"));
  await fixture.put("boston/validation/validation.csv", rows.slice(400).join("\n"));
  await fixture.call(
    "CreateTrainingJob",
    trainingRequest("boston", {
      InputDataConfig: [
        trainingChannel("train", "s3://bucket/boston/train/"),
        trainingChannel("validation", "s3://bucket/boston/validation/validation.csv"),
      ],
      HyperParameters: {
        max_depth: "5",
        eta: "0.2",
        gamma: "4",
        min_child_weight: "6",
        subsample: "0.8",
        objective: "reg:linear",
        early_stopping_rounds: "10",
        num_round: "200",
      },
    }),
  );
  const job = await fixture.finished("boston");
  expect(job["FailureReason"]).toBeUndefined();
  expect(job).toMatchObject({
    TrainingJobStatus: "Completed",
    ModelArtifacts: { S3ModelArtifacts: "s3://bucket/out/boston/output/model.tar.gz" },
  });
  expect(Object.keys(await fixture.archive("out/boston/output/model.tar.gz"))).toEqual(["xgboost-model"]);

  const [log] = [...fixture.logs].filter(([name]) => name.startsWith("/aws/sagemaker/TrainingJobs boston/algo-1-"));
  expect(log?.[1].join("\n")).toMatch(/^\[0\]#011train-rmse:\d+\.\d+#011validation-rmse:\d+\.\d+$/m);
  const metrics = job["FinalMetricDataList"] as { MetricName: string; Value: number }[];
  expect(metrics.map(({ MetricName }) => MetricName)).toEqual(
    expect.arrayContaining(["train:rmse", "validation:rmse"]),
  );
  expect(metrics.find(({ MetricName }) => MetricName === "train:rmse")?.Value).toBeLessThan(4);
}, 60_000);

it("tells the user what is wrong with a hyperparameter", async () => {
  await fixture.put("boston/train/train.csv", "1,2,3\n2,3,4\n");
  await fixture.call(
    "CreateTrainingJob",
    trainingRequest("bad", {
      InputDataConfig: [trainingChannel("train", "s3://bucket/boston/train/")],
      HyperParameters: { num_round: "10", eta: "2" },
    }),
  );
  const job = await fixture.finished("bad");
  expect(job["TrainingJobStatus"]).toBe("Failed");
  expect(job["FailureReason"]).toMatch(/^ClientError: Hyperparameter eta: 2\.0 is not in \[0, 1\], exit code: 1/);
}, 60_000);

function bostonRows(): readonly string[] {
  const path = new URL("../../../../../../examples/boston-housing/boston-house-prices.csv", import.meta.url);
  const [, header, ...lines] = readFileSync(path, "utf8").trim().split(/\r?\n/);
  // The built-in algorithms want the label first.
  const labelFirst = (line: string): string => {
    const cells = line.split(",");
    return [cells.at(-1), ...cells.slice(0, -1)].join(",");
  };
  return [header ?? "", ...lines.map(labelFirst)];
}
