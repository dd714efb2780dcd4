import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseCsv } from "@clary/formats";
import { describe, expect, it } from "vitest";
// Not public: what the package serves is made of these, and they need no library.
import { parseModel } from "../../../packages/algorithms/src/xgboost/model/parse-model.ts";
import { writeBinaryModel } from "../../../packages/algorithms/src/xgboost/model/write-binary.ts";
import { FlatPredictor } from "../../../packages/algorithms/src/xgboost/predict/flat-predictor.ts";
import { flattenModel } from "../../../packages/algorithms/src/xgboost/predict/flatten.ts";

const artifacts = fileURLToPath(new URL("artifacts", import.meta.url));
const rows = parseCsv(validationRows());

interface Written {
  readonly forms: readonly string[];
  readonly predictions: readonly number[];
}

describe("artifacts that Python's xgboost wrote", () => {
  for (const version of versions()) {
    const written = JSON.parse(readFileSync(`${artifacts}/${version}.json`, "utf8")) as Record<string, Written>;
    for (const [name, { forms, predictions }] of Object.entries(written)) {
      it.each(forms)(`${name} of ${version} as %s predicts what Python predicts`, (form) => {
        const model = parseModel(readFileSync(`${artifacts}/${name}-${version}.${form}`));
        expect(worstDifference(model, predictions)).toBeLessThan(1e-6);
      });
    }
  }

  it.each(["squared", "classes", "dart", "linear", "counts"])("%s survives the binary form", (name) => {
    const model = parseModel(readFileSync(`${artifacts}/${name}-1.7.6.json`));
    const again = parseModel(writeBinaryModel(model));
    expect({ ...again.booster, rounds: 0 }).toEqual({ ...model.booster, rounds: 0 });
    expect({ ...again, booster: undefined }).toEqual({ ...model, booster: undefined });
  });

  it.each(["squared", "classes", "dart", "counts"])("%s is written byte for byte as Python 1.7.6 writes it", (name) => {
    const bytes = readFileSync(`${artifacts}/${name}-1.7.6.binary`);
    expect(bodyOf(writeBinaryModel(parseModel(bytes)))).toEqual(bodyOf(bytes));
  });
});

function versions(): string[] {
  return readdirSync(artifacts).flatMap((name) => /^(\d+\.\d+(?:\.\d+)?)\.json$/.exec(name)?.[1] ?? []);
}

function validationRows(): Buffer {
  const text = readFileSync(new URL("data/boston-validation.csv", import.meta.url), "utf8");
  const lines = text.split("\n").slice(0, 20);
  return Buffer.from(lines.map((line) => line.slice(line.indexOf(",") + 1)).join("\n"));
}

/** Largest relative difference between the flat predictor and the given predictions. */
function worstDifference(model: ReturnType<typeof parseModel>, predictions: readonly number[]): number {
  const flat = flattenModel(model);
  const found = flat === undefined ? [] : Array.from(new FlatPredictor(flat).predict(rows).values);
  if (found.length !== predictions.length) {
    return Infinity;
  }
  return Math.max(...found.map((value, index) => difference(value, predictions[index] ?? Number.NaN)));
}

function difference(a: number, b: number): number {
  // NaN must not vanish in a maximum.
  return Number.isNaN(a) || Number.isNaN(b) ? Infinity : Math.abs(a - b) / (1 + Math.abs(b));
}

/** From the objective's name on; before it stand a version and fields that nobody reads. */
function bodyOf(bytes: Buffer): string {
  return bytes.subarray(140).toString("latin1");
}
