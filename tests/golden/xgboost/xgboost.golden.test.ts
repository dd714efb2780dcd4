import { readFileSync } from "node:fs";
import { decodeServingModel } from "@clary/algorithms/serving";
import { expect, it } from "vitest";
// The reader of artifacts is no public part of the package; the golden trees are compared through it.
import { parseModel } from "../../../packages/algorithms/src/xgboost/model/parse-model.ts";
import { describeWithLibrary } from "./describe-with-library.ts";
import { type GoldenRun, runGolden, validationRequest } from "./training-run.ts";

interface ExpectedTree {
  readonly left: readonly number[];
  readonly columns: readonly number[];
  readonly values: readonly number[];
}

interface Expected {
  readonly lastEvaluations: Readonly<Record<string, number>>;
  readonly predictions: readonly number[];
  readonly width: number;
  readonly trees?: readonly ExpectedTree[];
  readonly weights?: readonly number[];
}

const cases = JSON.parse(readFileSync(new URL("cases.json", import.meta.url), "utf8")) as (GoldenRun & {
  readonly name: string;
  readonly earlyStoppingRounds?: number;
})[];
const expected = JSON.parse(readFileSync(new URL("expected.json", import.meta.url), "utf8")) as {
  readonly xgboost: string;
  readonly cases: readonly Expected[];
};

const title = `xgboost gives what Python's xgboost ${expected.xgboost} gives`;
await describeWithLibrary(expected.xgboost, title, (libraryPath) => {
  for (const [index, golden] of cases.entries()) {
    const wanted = expected.cases[index];
    it(`${golden.name}`, async () => {
      const { lines, artifact, model } = await runGolden(golden, libraryPath);
      expect(treesOf(artifact)).toEqual(float32Trees(wanted));
      expect(await predictionsOf(golden, (request) => model.invoke(request))).toEqual(float32(wanted?.predictions));
      expect(lastEvaluations(lines)).toEqual(printed(wanted?.lastEvaluations, golden.imageVersion));
      if (model.flat !== undefined) {
        const flat = decodeServingModel("xgboost", model.flat, { version: golden.imageVersion, environment: {} });
        const found = await predictionsOf(golden, (request) => flat.invoke(request));
        expectClose(found, float32(wanted?.predictions));
      }
      model.close();
    });
  }
});

function treesOf(artifact: Buffer): unknown {
  const { booster } = parseModel(artifact);
  if (booster.kind === "linear") {
    return { weights: Array.from(booster.weights) };
  }
  return booster.trees.map((tree) => ({
    left: Array.from(tree.left),
    columns: Array.from(tree.splitColumns),
    values: Array.from(tree.values),
  }));
}

function float32Trees(wanted: Expected | undefined): unknown {
  return wanted?.trees === undefined
    ? { weights: float32(wanted?.weights) }
    : wanted.trees.map((tree) => ({ ...tree, values: float32(tree.values) }));
}

function float32(values: readonly number[] = []): number[] {
  return values.map(Math.fround);
}

async function predictionsOf(
  golden: GoldenRun,
  invoke: (request: { contentType: string; accept: string; body: Buffer }) => { status: number; body: Uint8Array },
): Promise<number[]> {
  const response = invoke({ ...(await validationRequest(golden.data)), accept: "text/csv" });
  const text = Buffer.from(response.body).toString("utf8");
  expect({ status: response.status, text }).toEqual({ status: 200, text: expect.any(String) });
  return text.split(/[,\n]/).map((item) => Number(item.replace(/[[\]]/g, "")));
}

/** The values of the last round's log line, as text. */
function lastEvaluations(lines: readonly string[]): Record<string, string> {
  const last = lines.filter((line) => /^\[\d+\]\t/.test(line)).at(-1) ?? "";
  return Object.fromEntries(
    last
      .split("\t")
      .slice(1)
      .map((item) => item.split(":") as [string, string]),
  );
}

function printed(values: Readonly<Record<string, number>> = {}, imageVersion: string): Record<string, string> {
  const general = imageVersion.startsWith("0.");
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      general ? String(Number(value.toPrecision(6))) : value.toFixed(5),
    ]),
  );
}

function expectClose(found: readonly number[], wanted: readonly number[]): void {
  expect(found.length).toBe(wanted.length);
  const worst = Math.max(
    ...found.map((value, index) => Math.abs(value - (wanted[index] ?? Number.NaN)) / (1 + Math.abs(value))),
  );
  expect(worst).toBeLessThan(1e-6);
}
