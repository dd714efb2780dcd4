import { describe, expect, it } from "vitest";
import { rows, trainingUnderTest, type Job } from "./support/training-under-test.ts";

const under = trainingUnderTest();

async function trainOn(name: string, data: string, contentType = "text/csv"): Promise<Job> {
  await under.put(`data/${name}/data.csv`, data);
  return under.train(name, {
    InputDataConfig: [under.channel("train", `data/${name}/`, { ContentType: contentType })],
  });
}

const failedToLoad = "ClientError: Failed to load csv data with exception:\n";

describe("training data that cannot be learned from", () => {
  it.each<readonly [string, string, string]>([
    [
      "header",
      `y,a,b\n${rows}`,
      `${failedToLoad}file 'data.csv': row 1, column 1: 'y' is not a number; is the first line a header? Data must have none, exit code: 1`,
    ],
    [
      "quotes",
      '"1","2","3"\n',
      `${failedToLoad}file 'data.csv': row 1, column 1: quoted fields are not supported, found '"1"'; is the first line a header? Data must have none, exit code: 1`,
    ],
    ["ragged", `${rows}1,2\n`, `${failedToLoad}file 'data.csv': row 101: expected 3 columns, found 2, exit code: 1`],
    ["text", `${rows}1,x,3\n`, `${failedToLoad}file 'data.csv': row 101, column 2: 'x' is not a number, exit code: 1`],
    ["nan-label", `${rows}nan,1,3\n`, `${failedToLoad}row 101: the label is missing or nan, exit code: 1`],
    [
      "infinite",
      `${rows}1,inf,3\n`,
      `${failedToLoad}Check failed: valid: Input data contains \`inf\` or a value too large, while \`missing\` is not set to \`inf\`, exit code: 1`,
    ],
    ["no-feature", "1\n2\n", "ClientError: Rows need a label and a feature; they have 1 column(s), exit code: 1"],
    ["empty", "", "ClientError: No data in training channel path /opt/ml/input/data/train, exit code: 1"],
    ["blank", "\n\n", "ClientError: No data in training channel path /opt/ml/input/data/train, exit code: 1"],
  ])("fails with the user's mistake: %s", async (name, data, reason) => {
    const job = await trainOn(name, data);
    expect(job).toMatchObject({ TrainingJobStatus: "Failed", SecondaryStatus: "Failed" });
    expect(job.FailureReason?.split(". Last log lines: ")[0]).toBe(reason);
    expect(job.ModelArtifacts).toBeUndefined();
    expect(job.SecondaryStatusTransitions?.at(-1)).toMatchObject({
      Status: "Failed",
      StatusMessage: "Training job failed",
    });
  });

  it("says the end of the log beside the reason, and says the reason in the log", async () => {
    const job = await trainOn("quoted-log", `${rows}1,x,3\n`);
    expect(job.FailureReason).toMatch(/\. Last log lines: .*XGBoost \d+\.\d+\.\d+; the image's is 1\.7/);
    expect((await under.logLines("quoted-log")).join("\n")).toContain("row 101, column 2: 'x' is not a number");
  });

  it.each([
    ["not-libsvm", rows, "text/libsvm", /^ClientError: .*(LIBSVM|libsvm)/s],
    ["not-parquet", rows, "application/x-parquet", /^ClientError: .*parquet/is],
    ["not-recordio", rows, "application/x-recordio-protobuf", /^ClientError: .*record/is],
    ["not-a-type", rows, "image/png", /^ClientError: image\/png is not an accepted ContentType: csv, libsvm, /],
  ])("fails where the content type is not what the data is: %s", async (name, data, contentType, reason) => {
    const job = await trainOn(name, data, contentType);
    expect(job.TrainingJobStatus).toBe("Failed");
    expect(job.FailureReason).toMatch(reason);
  });
});

describe("training data that looks odd", () => {
  it.each([
    ["one-row", "1,2,3\n"],
    ["missing-values", `${rows}1,nan,3\n2,,4\n`],
    ["carriage-returns", rows.replaceAll("\n", "\r\n")],
    ["tabs", rows.replaceAll(",", "\t")],
    ["no-last-line-break", rows.trimEnd()],
  ])("is learned from: %s", async (name, data) => {
    const job = await trainOn(name, data);
    expect([job.TrainingJobStatus, job.FailureReason]).toEqual(["Completed", undefined]);
    expect(job.FinalMetricDataList?.map(({ MetricName }) => MetricName)).toEqual(["train:rmse"]);
  });
});

describe("hyperparameters and labels", () => {
  it.each<readonly [string, Record<string, string>, string]>([
    ["a number outside its range", { eta: "2" }, "ClientError: Hyperparameter eta: 2.0 is not in [0, 1], exit code: 1"],
    [
      "a word for a number",
      { max_depth: "deep" },
      "ClientError: Hyperparameter max_depth: could not parse value (caused by ValueError), exit code: 1",
    ],
    ["one that there is not", { foo: "1" }, "ClientError: Extraneous hyperparameter found: foo, exit code: 1"],
    ["no rounds", { num_round: "0" }, "ClientError: Hyperparameter num_round: 0 is not in [1, +inf), exit code: 1"],
    [
      "classes without their number",
      { objective: "multi:softmax" },
      "ClientError: Require input for parameter 'num_class' for multi-classification, exit code: 1",
    ],
    [
      "labels that are no probabilities",
      { objective: "binary:logistic" },
      "ClientError: label must be in [0,1] for logistic regression, exit code: 1",
    ],
    [
      "labels beyond the classes",
      { objective: "multi:softmax", num_class: "3" },
      "ClientError: SoftmaxMultiClassObj: label must be in [0, num_class)., exit code: 1",
    ],
  ])("fail with the user's mistake: %s", async (title, parameters, reason) => {
    const HyperParameters = { objective: "reg:squarederror", num_round: "3", ...parameters };
    const job = await under.train(title.replaceAll(" ", "-"), { HyperParameters });
    expect(job.TrainingJobStatus).toBe("Failed");
    expect(job.FailureReason?.split(". Last log lines: ")[0]).toBe(reason);
  });

  it("need the number of rounds", async () => {
    const job = await under.train("rounds-missing", { HyperParameters: { objective: "reg:squarederror" } });
    expect(job.FailureReason).toMatch(/^ClientError: Missing required hyperparameter: num_round, exit code: 1/);
  });
});
