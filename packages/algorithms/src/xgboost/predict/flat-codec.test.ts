import fc from "fast-check";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { decodeServingModel } from "../../serving.ts";
import { parseModel } from "../model/parse-model.ts";
import type { FlatModel } from "./flat-model.ts";
import { decodeFlatModel, encodeFlatModel } from "./flat-codec.ts";
import { flattenModel } from "./flatten.ts";

const options = { version: "1.7-1", environment: {} };

function modelOf(name: string): FlatModel {
  const url = new URL(`../../../../../tests/golden/xgboost/artifacts/${name}`, import.meta.url);
  const model = flattenModel(parseModel(readFileSync(url)));
  if (model === undefined) {
    throw new Error(`${name} cannot be flattened`);
  }
  return model;
}

const model = modelOf("classes-1.7.6.json");

describe("a flat model", () => {
  it.each(["squared", "classes", "dart", "linear", "counts"])("of %s is read as it was written", (name) => {
    const flat = modelOf(`${name}-1.7.6.json`);
    expect(decodeFlatModel(encodeFlatModel(flat))).toEqual(flat);
  });

  it("answers after it was sent", () => {
    const serving = decodeServingModel("xgboost", encodeFlatModel(modelOf("squared-1.7.6.json")), options);
    const body = Buffer.from("0.00632,18.00,2.310,0,0.5380,6.5750,65.20,4.0900,1,296.0,15.30,396.90,4.98");
    expect(serving.invoke({ contentType: "text/csv", accept: "", body }).status).toBe(200);
  });

  const change = (part: Partial<FlatModel>): Uint8Array => encodeFlatModel({ ...model, ...part });
  const withFirst = <T extends Int32Array>(array: T, value: number): Int32Array => {
    const copy = Int32Array.from(array);
    copy[0] = value;
    return copy;
  };

  it.each([
    ["a child that is its parent", change({ children: withFirst(model.children, 0) }), "a child"],
    ["a child in another tree", change({ children: withFirst(model.children, model.roots[1] ?? 0) }), "a child"],
    ["a column that is not there", change({ splits: withFirst(model.splits, model.features << 1) }), "a column"],
    ["a root outside", change({ roots: withFirst(model.roots, -1) }), "its roots"],
    ["a group outside", change({ treeGroups: withFirst(model.treeGroups, 9) }), "its groups"],
    ["fewer values than nodes", change({ values: model.values.slice(1) }), "its nodes"],
    ["fewer weights than trees", change({ treeWeights: Float32Array.of(1) }), "its weights"],
    ["another transformation", change({ transformation: "exponential" }), "its head"],
    ["another beginning", Buffer.from("something else entirely"), "its first bytes"],
    ["its end missing", encodeFlatModel(model).subarray(0, -4), "its length"],
  ])("with %s is refused", (_, bytes, what) => {
    expect(() => decodeServingModel("xgboost", bytes, options)).toThrow(`the flat model is malformed: ${what}`);
  });

  it("that is damaged anywhere is refused, or answers within its arrays", () => {
    const bytes = encodeFlatModel(model);
    const body = Buffer.from(`${Array.from({ length: model.features }, () => "1").join(",")}\n`);
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.nat(255), (at, byte) => {
        const damaged = Uint8Array.from(bytes);
        damaged[at] = byte;
        expect(typeof outcome(damaged, body)).toBe("string");
      }),
      { numRuns: 500 },
    );
  });

  it("of an unknown algorithm is refused", () => {
    expect(() => decodeServingModel("kmeans", new Uint8Array(0), options)).toThrow(
      "The algorithm 'kmeans' has no flat models.",
    );
  });
});

function outcome(bytes: Uint8Array, body: Uint8Array): string {
  try {
    const response = decodeServingModel("xgboost", bytes, options).invoke({
      contentType: "text/csv",
      accept: "",
      body,
    });
    return Buffer.from(response.body).toString();
  } catch (error) {
    return String(error);
  }
}
