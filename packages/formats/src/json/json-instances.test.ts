import { describe, expect, it } from "vitest";
import { parseJsonInstances, parseJsonLines } from "./json-instances.ts";

const parse = (value: unknown): ReturnType<typeof parseJsonInstances> =>
  parseJsonInstances(Buffer.from(typeof value === "string" ? value : JSON.stringify(value)));
const table = { values: Float32Array.of(1, NaN, 3, 4), rows: 2, columns: 2 };

describe("JSON instances", () => {
  it.each([
    [{ instances: [{ features: [1, null] }, { features: [3, 4] }] }],
    [{ instances: [{ data: { features: { values: [1, null] } } }, { data: { features: { values: [3, 4] } } }] }],
    [
      {
        instances: [
          [1, null],
          [3, 4],
        ],
      },
    ],
    [
      [
        [1, null],
        [3, 4],
      ],
    ],
  ])("are read from %j", (request) => {
    expect(parse(request).features).toEqual(table);
  });

  it("may be sparse", () => {
    const features = { keys: [1, 4], shape: [10], values: [5, 6] };
    expect(parse({ instances: [{ data: { features } }], configuration: { k: 2 } })).toEqual({
      features: {
        indptr: Uint32Array.of(0, 2),
        indices: Uint32Array.of(1, 4),
        values: Float32Array.of(5, 6),
        rows: 1,
        columns: 10,
      },
      configuration: { k: 2 },
    });
  });

  it.each([
    ["{", "not valid JSON"],
    [{ rows: [] }, "the request has no list of instances"],
    [{ instances: [{ features: [1] }, { features: [1, 2] }] }, "row 2: expected 1 features, found 2"],
    [{ instances: [{ features: ["a"] }] }, "row 1, column 1: a feature is not a number"],
    [{ instances: [{}] }, "row 1: an instance has no features"],
    [{ instances: [{ data: { features: { keys: [-1], values: [2] } } }] }, "row 1: 1 keys do not fit 1 values"],
  ])("are refused from %j", (request, message) => {
    expect(() => parse(request)).toThrow(message);
  });

  it("may stand one a line", () => {
    const lines = Buffer.from('{"features":[1,null]}\n\n{"data":{"features":{"values":[3,4]}}}\n');
    expect(parseJsonLines(lines).features).toEqual(table);
    expect(() => parseJsonLines(Buffer.from('{"features":[1]}\n{'))).toThrow("row 2: not valid JSON");
  });
});
