import { describe, expect, it } from "vitest";
import { manualClock } from "../../../../platform/clock/manual-clock.ts";
import { seededIds } from "../../../../platform/ids/seeded-ids.ts";
import { transformRequest } from "../../testing/transform-fixture.ts";
import type { TransformJobRequest } from "../transform-job-record.ts";
import { payloadProcessor } from "./payload-processor.ts";

interface Setting {
  readonly type?: string;
  readonly split?: "None" | "Line";
  readonly processing?: object;
  readonly capture?: object;
}

/** What is sent for a payload, and what is stored when the model answers. */
function process(setting: Setting, payload: string, answer: string): readonly [sent: string, stored: string] {
  const { type = "text/csv", split = "Line", processing = {}, capture } = setting;
  const request = transformRequest("Job", {
    TransformInput: { ContentType: type, SplitType: split },
    TransformOutput: { Accept: type, AssembleWith: split },
    DataProcessing: processing,
    ...(capture === undefined ? {} : { DataCaptureConfig: capture }),
  }) as TransformJobRequest;
  const clock = manualClock(new Date("2026-01-02T03:04:05.678Z"));
  const prepared = payloadProcessor(request, { clock, ids: seededIds("x") }).prepare(Buffer.from(payload));
  const stored = prepared.finish(Buffer.from(answer));
  return [Buffer.from(prepared.body).toString(), Buffer.from(stored).toString()];
}

const join = { JoinSource: "Input" };

describe("filters and joins", () => {
  it.each<
    readonly [string, Setting, readonly [payload: string, answer: string], readonly [sent: string, stored: string]]
  >([
    ["nothing", {}, ["1,2\n", "9\n"], ["1,2\n", "9\n"]],
    [
      "CSV without its first column",
      { processing: { InputFilter: "$[1:]" } },
      ["a,1,2\nb,3,4\n", "8\n9\n"],
      ["1,2\n3,4\n", "8\n9\n"],
    ],
    ["one column", { processing: { InputFilter: "$[1]" } }, ["a,1\r\nb,2", "8\n9\n"], ["1\n2", "8\n9\n"]],
    ["CSV joined", { processing: { ...join } }, ["1,2\n3,4\n", "8\n9\n"], ["1,2\n3,4\n", "1,2,8\n3,4,9\n"]],
    [
      "rows of several predictions",
      { processing: { ...join } },
      ["1\n2\n", "8,0.1\n9,0.2"],
      ["1\n2\n", "1,8,0.1\n2,9,0.2"],
    ],
    [
      "the id and the prediction, the original input joined",
      { processing: { InputFilter: "$[1:]", ...join, OutputFilter: "$[0,-1]" } },
      ['id"x,1,2\n"a,b",3,4\n', "8\n9\n"],
      ["1,2\n3,4\n", 'id"x,8\n"a,b",9\n'],
    ],
    ["the prediction's columns", { processing: { OutputFilter: "$[1]" } }, ["1\n", "8,0.5\n"], ["1\n", "0.5\n"]],
    [
      "JSON lines",
      { type: "application/jsonlines", processing: { InputFilter: "$.features", ...join } },
      ['{"id":1,"features":[1.0,2]}\n{"id":2,"features":[3,4]}\n', '{"score": 8}\n{"score": 9}\n'],
      [
        "[1.0,2]\n[3,4]\n",
        '{"id":1,"features":[1.0,2],"SageMakerOutput":{"score":8}}\n{"id":2,"features":[3,4],"SageMakerOutput":{"score":9}}\n',
      ],
    ],
    [
      "JSON that is no object",
      { type: "application/jsonlines", processing: { ...join, OutputFilter: "$['SageMakerInput','SageMakerOutput']" } },
      ["[1,2]\n", "8\n"],
      ["[1,2]\n", '{"SageMakerInput":[1,2],"SageMakerOutput":8}\n'],
    ],
    [
      "one JSON document of several lines",
      {
        type: "application/json; charset=utf-8",
        split: "None",
        processing: { ...join, OutputFilter: "$.SageMakerOutput.predictions[*].score" },
      },
      ['{\n "instances": [1]\n}', '{"predictions": [\n{"score": 8}]}'],
      ['{\n "instances": [1]\n}', "[8]"],
    ],
  ])("%s", (_name, setting, [payload, answer], expected) => {
    expect(process(setting, payload, answer)).toEqual(expected);
  });

  it("keep quoted cells in one piece", () => {
    const rows = ['"a,b",1,,', ',"x ""y"", z",', '"","q"', "a"];
    const last = rows.map((row) => process({ processing: { InputFilter: "$[*]" } }, row, "")[0]);
    expect(last).toEqual(rows);
    expect(process({ processing: { InputFilter: "$[1]" } }, ',"x ""y"", z",', "")[0]).toBe('"x ""y"", z"');
    expect(process({ processing: { InputFilter: "$[-1]" } }, '"a,b",1,,', "")[0]).toBe("");
  });

  it("say what does not fit together", () => {
    expect(() => process({ processing: join }, "1\n2\n", "8,9")).toThrow(
      "cannot join the input with the predictions: the payload has 2 records, the algorithm's response 1",
    );
    expect(() => process({ processing: { OutputFilter: "$[3]" } }, "1\n", "8\n")).toThrow(
      "the path $[3] is out of range: there are 1 elements",
    );
    expect(() =>
      process({ type: "application/jsonlines", processing: { InputFilter: "$.a" } }, "{'a':1}\n", ""),
    ).toThrow("not JSON: unexpected text at character 2");
  });

  it("add an id and the time to each record where data capture asks for them", () => {
    const capture = { DestinationS3Uri: "s3://bucket/c", GenerateInferenceId: true };
    const id = "[0-9a-f]{8}-[0-9a-f-]{27}";
    expect(process({ capture }, "1\n2\n", "8\n9\n")[1]).toMatch(
      new RegExp(`^8,${id},2026-01-02T03:04:05Z\n9,${id},2026-01-02T03:04:05Z\n$`),
    );
    expect(process({ capture, type: "application/jsonlines" }, "1\n", '{"score":8}\n')[1]).toMatch(
      new RegExp(`^{"score":8,"SageMakerInferenceId":"${id}","SageMakerInferenceTime":"2026-01-02T03:04:05Z"}\n$`),
    );
  });
});
