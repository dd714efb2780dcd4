import { mkdir, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import type { ExecSession } from "../client-environment.ts";
import type { RunningServer } from "../running-server.ts";
import { readBoston, split, type House, type Split } from "./boston-data.ts";
import { cleanUp } from "./clean-up.ts";
import { demoClients } from "./demo-clients.ts";
import type { DemoDisplay } from "./demo-display.ts";
import { demoPlan } from "./demo-plan.ts";
import type { DemoRun } from "./demo-run.ts";
import { deploy, medianLatency, predict } from "./deploy.ts";
import { plotAsSvg } from "./plot-svg.ts";
import { plotInTerminal, type Prediction } from "./plot-terminal.ts";
import { hyperParameters, train } from "./train.ts";
import { createModel, transform } from "./transform.ts";
import { upload } from "./upload.ts";

export interface DemoSetting {
  readonly server: RunningServer;
  readonly session: ExecSession;
  readonly facts: { readonly accountId: string; readonly region: string; readonly roleArn: string };
  /** Directory for the picture. */
  readonly outputDirectory: string;
  readonly display: DemoDisplay;
  readonly signal: AbortSignal;
}

/** The whole story of the Boston notebook: upload, train, transform, deploy, invoke, look, delete. */
export async function runDemo(setting: DemoSetting): Promise<void> {
  const { display, signal } = setting;
  const run: DemoRun = {
    clients: demoClients(setting.server.endpoint, setting.session),
    plan: demoPlan({ ...setting.facts, region: setting.session.region, now: new Date() }),
    display,
    signal,
  };
  const data = split(readBoston(), 1);
  display.line(
    `Boston Housing, 506 rows: ${data.train.length} to train, ${data.validation.length} to validate, ${data.test.length} to test.`,
  );
  const { madeBucket } = await display.step("Upload", "Upload the data to S3", () => upload(run, data));
  try {
    const predictions = await trainAndPredict(run, data);
    await showPredictions(setting, predictions);
  } finally {
    await display.step("Clean up", "Delete what this made", () => cleanUp(run, madeBucket));
  }
  display.summary();
  showNextSteps(display);
}

async function trainAndPredict(run: DemoRun, data: Split): Promise<readonly Prediction[]> {
  const { display, plan } = run;
  const job = await display.step("Train", `Train ${plan.image.split("/")[1]} on the training rows`, () => {
    display.paragraph(Object.entries(hyperParameters).map(([name, value]) => `${name}=${value}`));
    return train(run);
  });
  await display.step("Batch transform", "Predict the test rows with a batch transform", async () => {
    await createModel(run, job.ModelArtifacts?.S3ModelArtifacts ?? "");
    const predictions = pair(data.test, await transform(run));
    display.line(`  rmse ${display.paint("bold", rmse(predictions).toFixed(4))} over ${predictions.length} rows`);
  });
  await display.step("Deploy", "Deploy the model to an endpoint", () => deploy(run));
  return display.step("Invoke", "Invoke the endpoint with the same rows", () => invoke(run, data.test));
}

async function invoke(run: DemoRun, houses: readonly House[]): Promise<readonly Prediction[]> {
  const { display } = run;
  const predictions = pair(houses, await predict(run, houses));
  display.line(
    `  rmse ${display.paint("bold", rmse(predictions).toFixed(4))} over ${predictions.length} rows in one call`,
  );
  const [first] = houses;
  if (first !== undefined) {
    const median = await medianLatency(run, first);
    display.line(`  ${display.paint("bold", `${median.toFixed(2)} ms`)} a call with one row, median of 100`);
  }
  return predictions;
}

async function showPredictions(
  { display, outputDirectory }: DemoSetting,
  predictions: readonly Prediction[],
): Promise<void> {
  const unit = "thousand $";
  display.line(`\n${display.paint("bold", "Median value of a house, test rows")}`);
  display.line(plotInTerminal(predictions, display.columns, { unit, paint: display.paint }));
  const svg = plotAsSvg(predictions, {
    title: "Boston Housing: predicted against actual",
    subtitle: `XGBoost on Clary, ${predictions.length} test rows, rmse ${rmse(predictions).toFixed(3)}`,
    unit,
  });
  await mkdir(outputDirectory, { recursive: true });
  const path = join(outputDirectory, "predictions.svg");
  await writeFile(path, svg);
  display.line(`\n  The same as a picture: ${relative(process.cwd(), path)}`);
}

function showNextSteps(display: DemoDisplay): void {
  display.line(`\n${display.paint("bold", "What to try next")}`);
  for (const [command, meaning] of [
    ["npx clary start", "a server that stays"],
    ["npx clary exec -- python my_notebook.py", "your own SageMaker code, unedited"],
    ["npx clary exec -- aws sagemaker list-training-jobs", "the job you just ran"],
    ["npx clary doctor", "what this machine has and lacks"],
  ] as const) {
    display.line(`  ${display.paint("cyan", command.padEnd(50))}  ${display.paint("dim", meaning)}`);
  }
}

function pair(houses: readonly House[], predicted: readonly number[]): readonly Prediction[] {
  if (predicted.length !== houses.length) {
    throw new Error(`${houses.length} rows were sent and ${predicted.length} predictions came back`);
  }
  return houses.map(({ value }, index) => ({ actual: value, predicted: predicted[index] ?? Number.NaN }));
}

/** Root of the mean squared error, in the unit of the values. */
function rmse(predictions: readonly Prediction[]): number {
  const squares = predictions.reduce((sum, { actual, predicted }) => sum + (actual - predicted) ** 2, 0);
  return Math.sqrt(squares / predictions.length);
}
