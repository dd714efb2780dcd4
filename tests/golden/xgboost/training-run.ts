import { mkdtemp, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { LoadedModel, TrainingChannel } from "@clary/algorithms/catalog";
// The catalog's XGBoost takes its library from the environment; here it is a chosen one.
import { createXgboost } from "../../../packages/algorithms/src/xgboost/xgboost.ts";

const dataDirectory = fileURLToPath(new URL("data", import.meta.url));

export interface GoldenRun {
  readonly data: string;
  readonly imageVersion: string;
  readonly hyperparameters: Readonly<Record<string, string>>;
}

export interface GoldenResult {
  readonly lines: readonly string[];
  readonly artifact: Buffer;
  readonly model: LoadedModel;
}

/** Trains on golden data as a worker would, and opens what came of it. */
export async function runGolden(run: GoldenRun, libraryPath: string): Promise<GoldenResult> {
  const algorithm = createXgboost({ CLARY_LIBXGBOOST: libraryPath });
  const directory = await mkdtemp(join(tmpdir(), "clary-golden-"));
  const lines: string[] = [];
  await algorithm.train({
    imageVersion: run.imageVersion,
    hyperparameters: run.hyperparameters,
    channels: [channel(run.data, "train"), channel(run.data, "validation")],
    modelDirectory: directory,
    outputDataDirectory: join(directory, "output"),
    hosts: ["algo-1"],
    currentHost: "algo-1",
    threads: 1,
    stop: new AbortController().signal,
    now: () => new Date("2026-01-02T03:04:05Z"),
    log: (line) => lines.push(line),
  });
  const options = { version: run.imageVersion, environment: {}, threads: 1, log: () => undefined };
  return {
    lines,
    artifact: await readFile(join(directory, "xgboost-model")),
    model: await algorithm.load(directory, options),
  };
}

/** The validation rows as a request: without their labels. */
export async function validationRequest(data: string): Promise<{ contentType: string; body: Buffer }> {
  const text = await readFile(dataPath(data, "validation"), "utf8");
  const lines = text.trimEnd().split("\n");
  const separator = data === "agaricus" ? " " : ",";
  const rows = lines.map((line) => line.slice(line.indexOf(separator) + 1));
  return { contentType: data === "agaricus" ? "text/libsvm" : "text/csv", body: Buffer.from(`${rows.join("\n")}\n`) };
}

function channel(data: string, name: string): TrainingChannel {
  return {
    name,
    ...(data === "agaricus" ? {} : { contentType: "text/csv" }),
    inputMode: "File",
    distribution: "FullyReplicated",
    displayPath: `/opt/ml/input/data/${name}`,
    files: () => Promise.resolve([dataPath(data, name)]),
  };
}

function dataPath(data: string, name: string): string {
  return join(dataDirectory, `${data}-${name}.${data === "agaricus" ? "libsvm" : "csv"}`);
}
