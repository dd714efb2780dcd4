import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readFileSync } from "node:fs";
import { flattenModel } from "../predict/flatten.ts";
import { ModelFormatError } from "./booster-model.ts";
import { parseModel } from "./parse-model.ts";

const artifacts = new URL("../../../../../tests/golden/xgboost/artifacts/", import.meta.url);
const artifact = (name: string): Buffer => readFileSync(new URL(name, artifacts));

describe("a file that is not a model", () => {
  it.each([
    [Buffer.alloc(0), "the model file is empty"],
    [
      Buffer.from(
        "not a model at all, but long enough to hold a head of one hundred and thirty-six bytes or so".repeat(2),
      ),
      "the file is not an XGBoost model",
    ],
    [Buffer.from("{}"), "'learner' is not an object"],
    [Buffer.from('{"learner":'), "the model file is not valid JSON"],
    [Buffer.from("binf"), "the model file is cut off"],
  ])("is refused with the reason", (bytes, message) => {
    expect(() => parseModel(bytes)).toThrow(message);
  });

  it.each(["classes-1.2.1.pickle", "squared-1.7.6.binary", "dart-3.2.0.ubj", "counts-1.7.6.json"])(
    "damaged %s is refused or read, but never hangs or breaks otherwise",
    (name) => {
      const bytes = artifact(name);
      const position = fc.nat(bytes.length - 1);
      fc.assert(
        fc.property(position, fc.nat(255), fc.option(position), (at, byte, cut) => {
          const damaged = Buffer.from(bytes.subarray(0, cut ?? bytes.length));
          damaged[Math.min(at, damaged.length - 1)] = byte;
          expect(outcome(damaged)).toMatch(/^(read|refused)$/);
        }),
        { numRuns: 300 },
      );
    },
  );
});

function outcome(bytes: Buffer): string {
  try {
    flattenModel(parseModel(bytes));
    return "read";
  } catch (error) {
    return error instanceof ModelFormatError ? "refused" : String(error);
  }
}
