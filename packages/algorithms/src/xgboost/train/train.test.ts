import { mkdtemp, readdir, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { frameRecord, writeRecord } from "@clary/formats";
import { parquetWriteBuffer } from "hyparquet-writer";
import { expect, it } from "vitest";
import { AlgorithmError, UserError } from "../../failures.ts";
import { parseModel } from "../model/parse-model.ts";
import { createXgboost } from "../xgboost.ts";
import { describeWithLibrary, type FixtureOptions, trainingFixture } from "../testing/training-fixture.ts";

const xgboost = createXgboost(process.env);
const rows = Array.from({ length: 40 }, (_, i) => [i % 7, i % 5, (i * i) % 11]);
const csv = rows.map((row) => row.join(",")).join("\n");
const csvChannels = { train: { "a.csv": csv }, validation: { "a.csv": csv } };

async function train(options: FixtureOptions): Promise<{ lines: string[]; model: Buffer; directory: string }> {
  const { context, lines } = await trainingFixture(options);
  await xgboost.train(context);
  return {
    lines,
    model: await readFile(join(context.modelDirectory, "xgboost-model")),
    directory: context.modelDirectory,
  };
}

async function failure(options: FixtureOptions): Promise<unknown> {
  const { context } = await trainingFixture(options);
  return xgboost.train(context).then(
    () => "trained",
    (error: unknown) => error,
  );
}

const evaluations = (lines: readonly string[]): string[] => lines.filter((line) => /^\[\d+\]\t/.test(line));

await describeWithLibrary("training XGBoost", () => {
  it("gives the same bytes for the same seed", async () => {
    const hyperparameters = { subsample: "0.5", seed: "3" };
    // One after the other: the library's random numbers are the process's.
    const first = await train({ channels: csvChannels, hyperparameters });
    const second = await train({ channels: csvChannels, hyperparameters });
    const other = await train({ channels: csvChannels, hyperparameters: { ...hyperparameters, seed: "4" } });
    expect(first.model.equals(second.model)).toBe(true);
    expect(first.model.equals(other.model)).toBe(false);
  });

  const record = ([label = 0, ...features]: readonly number[]): Buffer =>
    frameRecord(
      writeRecord({
        features: new Map([["values", { kind: "float32", values: Float32Array.from(features) }]]),
        label: new Map([["values", { kind: "float32", values: Float32Array.of(label) }]]),
      }),
    );
  const parquet = Buffer.from(
    parquetWriteBuffer({
      columnData: [0, 1, 2].map((column) => ({
        name: `c${column}`,
        data: rows.map((row) => row[column]),
        type: "DOUBLE",
      })),
    }),
  );

  it.each([
    ["gzip", "text/csv", { "a.csv.gz": gzipSync(csv) }],
    [
      "two files and a marker",
      "csv",
      { "a.csv": rows.slice(0, 10).join("\n"), "b.csv": rows.slice(10).join("\n"), _SUCCESS: "" },
    ],
    ["LIBSVM", "", { a: rows.map(([y, a, b]) => `${y} 0:${a} 1:${b}`).join("\n") }],
    ["Parquet", "application/x-parquet", { "a.parquet": parquet }],
    ["records", "application/x-recordio-protobuf", { a: Buffer.concat(rows.map(record)) }],
  ])("learns the same from %s as from CSV", async (_, contentType, files) => {
    const reference = await train({ channels: { train: { "a.csv": csv } } });
    expect((await train({ contentType, channels: { train: files } })).model.equals(reference.model)).toBe(true);
  });

  it("learns the same from a pipe", async () => {
    const reference = await train({ channels: csvChannels });
    expect((await train({ channels: csvChannels, pipe: true })).model.equals(reference.model)).toBe(true);
  });

  it("weighs rows by the second column", async () => {
    const weighted = (weight: (row: number) => number): Promise<{ model: Buffer }> => {
      const text = rows.map(([label, ...features], row) => [label, weight(row), ...features].join(",")).join("\n");
      return train({ channels: { train: { a: text } }, hyperparameters: { csv_weights: "1" } });
    };
    const plain = await train({ channels: { train: { a: csv } } });
    expect((await weighted(() => 1)).model.equals(plain.model)).toBe(true);
    expect((await weighted((row) => row + 1)).model.equals(plain.model)).toBe(false);
  });

  // On AWS the user reads these as the job's FailureReason.
  it.each<[string, FixtureOptions, string]>([
    ["no channel", { channels: {} }, "Missing required channel: train"],
    ["another channel", { channels: { ...csvChannels, test: {} } }, "Extraneous channel found: test"],
    ["no rows", { channels: { train: { a: "\n" } } }, "No data in training channel path /opt/ml/input/data/train"],
    [
      "no validation rows",
      { channels: { train: { a: csv }, validation: {} } },
      "No data in validation channel path /opt/ml/input/data/validation",
    ],
    [
      "a hidden file",
      { channels: { train: { ".a": csv } } },
      "Hidden file found in the data path! Remove that before training.",
    ],
    [
      "a header",
      { channels: { train: { "a.csv": `y,a,b\n${csv}` } } },
      "Failed to load csv data with exception:\nfile 'a.csv': row 1, column 1: 'y' is not a number; is the first line a header? Data must have none",
    ],
    [
      "ragged rows",
      { channels: { train: { "a.csv": `${csv}\n1,2` } } },
      "Failed to load csv data with exception:\nfile 'a.csv': row 41: expected 3 columns, found 2",
    ],
    [
      "a missing label",
      { channels: { train: { a: `${csv}\n,2,3` } } },
      "Failed to load csv data with exception:\nrow 41: the label is missing or nan",
    ],
    ["only labels", { channels: { train: { a: "1\n2\n" } } }, "Rows need a label and a feature; they have 1 column(s)"],
    [
      "CSV called LIBSVM",
      { contentType: "", channels: { train: { "a.csv": csv } } },
      "First line '0,0,0...' of file 'a.csv' is not 'LIBSVM' format. Please ensure the file is in 'LIBSVM' format.",
    ],
    [
      "another type",
      { contentType: "image/png", channels: csvChannels },
      "image/png is not an accepted ContentType: csv, libsvm, parquet, recordio-protobuf, text/csv, text/libsvm, text/x-libsvm, application/x-parquet, application/x-recordio-protobuf.",
    ],
    [
      "label_size 0",
      { contentType: "text/csv;label_size=0", channels: csvChannels },
      "text/csv;label_size=0 is not an accepted csv ContentType. Optional parameter label_size must be equal to 1",
    ],
    [
      "more validation columns",
      { channels: { train: { a: csv }, validation: { a: "1,2,3,4" } } },
      "feature_names mismatch: the train channel has 2 features, validation has 3",
    ],
  ])("tells the user about %s", async (_, options, message) => {
    expect(await failure(options)).toEqual(new UserError(message));
  });

  it.each([
    [{ objective: "binary:logistic" }, "label must be in [0,1] for logistic regression"],
    [{ objective: "multi:softmax", num_class: "3" }, "SoftmaxMultiClassObj: label must be in [0, num_class)."],
  ])("tells the user about labels out of range: %j", async (hyperparameters, message) => {
    expect(await failure({ channels: csvChannels, hyperparameters })).toEqual(new UserError(message));
  });

  it("blames the algorithm for what the library refuses otherwise", async () => {
    const error = await failure({ channels: csvChannels, hyperparameters: { updater: "grow_skmaker" } });
    expect(error).toBeInstanceOf(AlgorithmError);
    expect(String(error)).toMatch(/^AlgorithmError: XGB train call failed with exception:\n /);
  });

  it("goes on from the newest checkpoint", async () => {
    const checkpointDirectory = await mkdtemp(join(tmpdir(), "clary-checkpoints-"));
    const whole = await train({ channels: csvChannels, hyperparameters: { num_round: "8" } });
    await train({ channels: csvChannels, hyperparameters: { num_round: "7" }, checkpointDirectory });
    expect((await readdir(checkpointDirectory)).toSorted()).toEqual(
      [2, 3, 4, 5, 6].map((n) => `xgboost-checkpoint.${n}`),
    );
    const resumed = await train({ channels: csvChannels, hyperparameters: { num_round: "8" }, checkpointDirectory });
    expect(resumed.lines.join("\n")).toContain("Resuming from iteration 7");
    expect(evaluations(resumed.lines)).toEqual(evaluations(whole.lines).slice(7));
    expect(resumed.model.equals(whole.model)).toBe(true);
  });

  it("saves what it has when it is stopped", async () => {
    const stop = new AbortController();
    const { context, lines } = await trainingFixture({
      channels: csvChannels,
      hyperparameters: { num_round: "100000" },
      stop: stop.signal,
    });
    const log = (line: string): void => {
      lines.push(line);
      if (line.startsWith("[4]\t")) {
        stop.abort();
      }
    };
    await xgboost.train({ ...context, log });
    expect(evaluations(lines)).toHaveLength(5);
    expect(parseModel(await readFile(join(context.modelDirectory, "xgboost-model"))).booster).toMatchObject({
      parallelTrees: 1,
    });
  });

  it("remembers its best round over a checkpoint", async () => {
    const checkpointDirectory = await mkdtemp(join(tmpdir(), "clary-checkpoints-"));
    const hyperparameters = { eta: "1", early_stopping_rounds: "2", num_round: "30" };
    const channels = {
      train: { a: csv },
      validation: { a: rows.map(([y = 0, ...x]) => [6 - y, ...x].join(",")).join("\n") },
    };
    const whole = await train({ channels, hyperparameters });
    await train({ channels, hyperparameters: { ...hyperparameters, num_round: "2" }, checkpointDirectory });
    const resumed = await train({ channels, hyperparameters, checkpointDirectory });
    expect(evaluations(whole.lines)).toHaveLength(3);
    expect(evaluations(resumed.lines)).toEqual(evaluations(whole.lines).slice(2));
    expect(resumed.model.equals(whole.model)).toBe(true);
  });

  it("saves nothing when it is stopped before the first round", async () => {
    const { context } = await trainingFixture({ channels: csvChannels, stop: AbortSignal.abort() });
    await xgboost.train(context);
    await expect(readdir(context.modelDirectory)).rejects.toThrow("ENOENT");
  });

  it("logs as xgboost:1 did", async () => {
    const { lines } = await train({
      imageVersion: "0.72",
      channels: csvChannels,
      hyperparameters: { objective: "reg:linear", early_stopping_rounds: "1", eta: "1", num_round: "30" },
    });
    expect(lines[0]).toBe("Arguments: train");
    expect(lines[1]).toMatch(/^\[2026-01-02:03:04:\d\d:INFO\] Running standalone xgboost training\.$/);
    expect(
      lines.some((line) =>
        /^\[\d\d:\d\d:\d\d\] 40x2 matrix with 80 entries loaded from \/opt\/ml\/input\/data\/train\?format=csv&label_column=0&delimiter=,$/.test(
          line,
        ),
      ),
    ).toBe(true);
    const first = lines.findIndex((line) => line.startsWith("[0]\t"));
    expect(lines.slice(first + 1, first + 4)).toEqual([
      "Multiple eval metrics have been passed: 'validation-rmse' will be used for early stopping.",
      "",
      "Will train until validation-rmse hasn't improved in 1 rounds.",
    ]);
  });

  it("computes the container's own metrics", async () => {
    const labels = rows.map(([, ...features], row) => [row % 2, ...features].join(",")).join("\n");
    const { lines } = await train({
      channels: { train: { a: labels }, validation: { a: labels } },
      hyperparameters: { objective: "binary:logistic", eval_metric: "accuracy,f1,error", num_round: "2" },
    });
    const last = Object.fromEntries(
      (evaluations(lines).at(-1) ?? "")
        .split("\t")
        .slice(1)
        .map((item) => item.split(":")),
    );
    expect(Object.keys(last)).toEqual([
      "train-error",
      "train-accuracy",
      "train-f1",
      "validation-error",
      "validation-accuracy",
      "validation-f1",
    ]);
    expect(Number(last["validation-accuracy"])).toBeCloseTo(1 - Number(last["validation-error"]), 5);
  });

  it("ranks by queries", async () => {
    const ranked = rows.map(([y = 0, a, b], row) => `${y % 3} qid:${Math.floor(row / 10)} 0:${a} 1:${b}`).join("\n");
    const { lines } = await train({
      contentType: "libsvm",
      channels: { train: { a: ranked }, validation: { a: ranked } },
      hyperparameters: { objective: "rank:ndcg", eval_metric: "ndcg@5" },
    });
    expect(evaluations(lines).at(-1)).toMatch(/^\[2\]\ttrain-ndcg@5:0\.\d{5}\tvalidation-ndcg@5:0\.\d{5}$/);
  });

  it("cross-validates", async () => {
    const { context, lines } = await trainingFixture({
      channels: csvChannels,
      hyperparameters: { _kfold: "4", _num_cv_round: "2", objective: "reg:squarederror" },
    });
    await xgboost.train(context);
    expect((await readdir(context.modelDirectory)).length).toBe(8);
    expect(lines.at(-1)).toMatch(/^\[3\]\ttrain-rmse:\d+\.\d{5}\tvalidation-rmse:\d+\.\d{5}$/);
    const predictions = await readFile(join(context.outputDataDirectory, "predictions.csv"), "utf8");
    expect(predictions.trimEnd().split("\n")).toHaveLength(80);
    const model = await xgboost.load(context.modelDirectory, {
      version: "1.7-1",
      environment: {},
      threads: 1,
      log: () => undefined,
    });
    expect(model.invoke({ contentType: "text/csv", accept: "", body: Buffer.from("1,2") }).status).toBe(200);
    expect(model.flat).toBeUndefined();
    model.close();
  });
});
