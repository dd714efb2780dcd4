import { type DenseTable, frameRecord, readRecord, readRecords, type SparseTable, writeRecord } from "@clary/formats";
import { describe, expect, it } from "vitest";
import { XgboostServing } from "./xgboost-serving.ts";

/** Answers each row with its first column; with three classes, with that and two more. */
const echo = {
  predict: (features: DenseTable | SparseTable) => {
    const values =
      "indptr" in features ? features.values : features.values.filter((_, i) => i % features.columns === 0);
    return { values: Float32Array.from(values), width: 1 };
  },
};
const classes = {
  predict: ({ rows }: { rows: number }) => ({
    values: Float32Array.from({ length: rows * 3 }, (_, i) => [0.25, 0.5, 0.25][i % 3] ?? 0),
    width: 3,
  }),
};

interface Setting {
  readonly version?: string;
  readonly environment?: Record<string, string>;
  readonly objective?: string;
  readonly contentType?: string;
  readonly accept?: string;
}

function invoke(
  body: string | Uint8Array,
  setting: Setting = {},
): { status: number; contentType: string; text: string } {
  const { version = "1.7-1", environment = {}, objective = "reg:squarederror" } = setting;
  const multi = objective === "multi:softprob";
  const model = { objective, classes: multi ? 3 : 0, features: 2, predictor: multi ? classes : echo };
  const request = {
    contentType: setting.contentType ?? "text/csv",
    accept: setting.accept ?? "",
    body: typeof body === "string" ? Buffer.from(body) : body,
  };
  const { body: answer, ...head } = new XgboostServing(model, { version, environment }).invoke(request);
  return { ...head, text: Buffer.from(answer).toString("latin1") };
}

const csv = "text/csv; charset=utf-8";
const batch = { SAGEMAKER_BATCH: "true" };

describe("an answer", () => {
  it.each([
    ["0.72", "1.5,2.5"],
    ["1.2-1", "1.5,2.5"],
    ["1.3-1", "1.5\n2.5"],
    ["3.0-5", "1.5\n2.5"],
  ])("of %s joins rows as that image does", (version, text) => {
    expect(invoke("1.5,0\n2.5,0\n", { version })).toEqual({ status: 200, contentType: csv, text });
    expect(invoke("1.5,0\n2.5,0\n", { version, environment: batch }).text).toBe("1.5\n2.5\n");
  });

  it("prints float32 as Python does", () => {
    expect(invoke("23.515491485595703,0").text).toBe("23.515491485595703");
    expect(invoke("0.1,0").text).toBe("0.10000000149011612");
  });

  it.each([
    ["1.2-1", "[0.25, 0.5, 0.25],[0.25, 0.5, 0.25]"],
    ["1.7-1", "0.25,0.5,0.25\n0.25,0.5,0.25"],
  ])("of %s prints probabilities of classes", (version, text) => {
    expect(invoke("1,2\n3,4", { version, objective: "multi:softprob" }).text).toBe(text);
  });

  it.each([
    ["application/json", "application/json", '{"predictions": [{"score": 1.5}, {"score": 2.0}]}'],
    ["application/jsonlines", "application/jsonlines", '{"score": 1.5}\n{"score": 2.0}\n'],
    ["*/*", csv, "1.5\n2.0"],
    ["TEXT/CSV; q=1", csv, "1.5\n2.0"],
  ])("honours Accept %s", (accept, contentType, text) => {
    expect(invoke("1.5,0\n2,0", { accept })).toEqual({ status: 200, contentType, text });
    expect(invoke("1.5,0\n2,0", { accept, version: "1.2-1" })).toEqual({
      status: 200,
      contentType: csv,
      text: "1.5,2.0",
    });
  });

  it("may be records", () => {
    const { text } = invoke("1.5,0\n2,0", { accept: "application/x-recordio-protobuf" });
    const records = [...readRecords(Buffer.from(text, "latin1"))].map((record) =>
      readRecord(record).label.get("score"),
    );
    expect(records).toMatchObject([{ values: Float32Array.of(1.5) }, { values: Float32Array.of(2) }]);
  });

  it("has the columns that SAGEMAKER_INFERENCE_OUTPUT names", () => {
    const environment = { SAGEMAKER_INFERENCE_OUTPUT: "predicted_label, probabilities,predicted_score" };
    expect(invoke("1,2", { objective: "multi:softprob", environment }).text).toBe('1,"[0.25, 0.5, 0.25]",nan');
    expect(invoke("0.75,2", { objective: "binary:logistic", environment, accept: "application/json" }).text).toBe(
      '{"predictions": [{"predicted_label": 1, "probabilities": [0.25, 0.75], "predicted_score": NaN}]}',
    );
  });
});

describe("a request", () => {
  it.each([
    ["text/libsvm", "0:1.5 1:2"],
    ["application/json", '{"instances":[{"features":[1.5,2]}]}'],
    ["application/jsonlines", '{"features":[1.5,2]}'],
    ["", "1.5,2"],
  ])("may be %s", (contentType, body) => {
    expect(invoke(body, { contentType }).status).toBe(200);
  });

  it("may be records", () => {
    const features = new Map([["values", { kind: "float32" as const, values: Float32Array.of(1.5, 2) }]]);
    const body = frameRecord(writeRecord({ features }));
    expect(invoke(body, { contentType: "application/x-recordio-protobuf" }).text).toBe("1.5");
  });

  it("may lack the last column, as AWS's container allows", () => {
    expect(invoke("1.5").status).toBe(200);
  });

  it.each([
    ["", {}, 204, ""],
    [
      "x,1",
      {},
      415,
      "Loading csv data failed with Exception, please ensure data is in csv format:\n <class 'ValueError'>\n row 1, column 1: 'x' is not a number; is the first line a header? Data must have none",
    ],
    ["\n", {}, 415, "Loading csv data failed with Exception, please ensure data is in csv format"],
    ["1,2", { contentType: "image/png" }, 415, "Content-type image/png is not supported."],
    [
      "1,2,3",
      {},
      400,
      "Unable to evaluate payload provided: Feature size of csv inference data 3 is not consistent with feature size of trained model 2.",
    ],
    [
      "0:1 9:1",
      { contentType: "text/libsvm" },
      400,
      "Unable to evaluate payload provided: Feature size of libsvm inference data 10 is larger than feature size of trained model 2.",
    ],
    [
      "1,2",
      { accept: "image/png" },
      406,
      "Accept type image/png is not supported. Please use supported accept types: ['application/json', 'application/jsonlines', 'application/x-recordio-protobuf', 'text/csv'].",
    ],
  ])("%j is answered with its error", (body, setting, status, text) => {
    expect(invoke(body, setting)).toEqual({ status, contentType: "text/html; charset=utf-8", text });
  });
});
