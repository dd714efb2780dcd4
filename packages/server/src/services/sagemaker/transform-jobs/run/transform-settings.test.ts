import { describe, expect, it } from "vitest";
import { transformRequest } from "../../testing/transform-fixture.ts";
import type { TransformJobRequest } from "../transform-job-record.ts";
import { describeSettings, parseExecutionParameters, transformSettings } from "./transform-settings.ts";

const settled = (changes: object, answer: string): string =>
  describeSettings(
    transformSettings(
      transformRequest("Job", { ...changes }) as TransformJobRequest,
      parseExecutionParameters(Buffer.from(answer)),
    ),
  );

describe("transformSettings", () => {
  it.each([
    [{}, "", "MaxConcurrentTransforms=1, MaxPayloadInMB=6, BatchStrategy=MULTI_RECORD"],
    [
      {},
      '{"MaxConcurrentTransforms":8,"BatchStrategy":"SINGLE_RECORD","MaxPayloadInMB":4}',
      "MaxConcurrentTransforms=8, MaxPayloadInMB=4, BatchStrategy=SINGLE_RECORD",
    ],
    [
      { MaxConcurrentTransforms: 2, MaxPayloadInMB: 50, BatchStrategy: "MultiRecord" },
      '{"MaxConcurrentTransforms":8,"BatchStrategy":"SINGLE_RECORD","MaxPayloadInMB":4}',
      "MaxConcurrentTransforms=2, MaxPayloadInMB=50, BatchStrategy=MULTI_RECORD",
    ],
    [
      { MaxConcurrentTransforms: 0 },
      '{"MaxConcurrentTransforms":3}',
      "MaxConcurrentTransforms=3, MaxPayloadInMB=6, BatchStrategy=MULTI_RECORD",
    ],
    [
      { MaxPayloadInMB: 100 },
      '{"MaxConcurrentTransforms":64}',
      "MaxConcurrentTransforms=1, MaxPayloadInMB=100, BatchStrategy=MULTI_RECORD",
    ],
    [
      {},
      '{"MaxConcurrentTransforms":-1,"BatchStrategy":"ALL","MaxPayloadInMB":"6"}',
      "MaxConcurrentTransforms=1, MaxPayloadInMB=6, BatchStrategy=MULTI_RECORD",
    ],
    [{}, "null", "MaxConcurrentTransforms=1, MaxPayloadInMB=6, BatchStrategy=MULTI_RECORD"],
    [{}, '{"MaxPayloadInMB":1000}', "MaxConcurrentTransforms=1, MaxPayloadInMB=100, BatchStrategy=MULTI_RECORD"],
  ])("%j and a container that says %s", (changes, answer, expected) => {
    expect(settled(changes, answer)).toBe(expected);
  });
});
