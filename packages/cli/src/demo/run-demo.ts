import { mkdir, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import type { ExecSession } from "../client-environment.ts";
import type { RunningServer } from "../running-server.ts";
import { readBoston, split, type House, type Split } from "./boston-data.ts";
import { cleanUp } from "./clean-up.ts";
import { demoClients, type DemoClients } from "./demo-clients.ts";
import { formatDuration, type DemoDisplay } from "./demo-display.ts";
import { demoPlan, type DemoPlan } from "./demo-plan.ts";
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
}

/** The whole story of the Boston notebook: upload, train, transform, deploy, invoke, look, delete. */
export async function runDemo(setting: DemoSetting): Promise<void> {
  const { display } = setting;
  const clients = demoClients(setting.server.endpoint, setting.session);
  const plan = demoPlan({ ...setting.facts, region: setting.session.region, now: new Date() });
  const data = split(readBoston(), 1);
  display.line(
    `Boston Housing: ${data.train.length} rows to train, ${data.validation.length} to validate, ${data.test.length} to test.`,
  );
  const { madeBucket } = await display.step("Upload the data to S3", () => upload(clients, plan, data));
  try {
    const predictions = await trainAndPredict(clients, plan, { data, display });
    await showPredictions(setting, predictions);
  } finally {
    await display.step("Delete the endpoint, its configuration, the model and the objects", () =>
      cleanUp(clients, plan, madeBucket),
    );
  }
  showSummary(display);
}

async function trainAndPredict(
  clients: DemoClients,
  plan: DemoPlan,
  { data, display }: { readonly data: Split; readonly display: DemoDisplay },
): Promise<readonly Prediction[]> {
  const settings = Object.entries(hyperParameters).map(([name, value]) => `${name}=${value}`);
  const job = await display.step(`Train ${plan.image.split("/")[1]} (${settings.join(" ")})`, () =>
    train(clients, plan, display),
  );
  await display.step("Predict the test rows with a batch transform", async () => {
    await createModel(clients, plan, job.ModelArtifacts?.S3ModelArtifacts ?? "");
    display.line(`  rmse ${rmse(pair(data.test, await transform(clients, plan))).toFixed(4)}`);
  });
  await display.step("Deploy the model to an endpoint", () => deploy(clients, plan));
  return display.step("Invoke the endpoint", async () => {
    const predictions = pair(data.test, await predict(clients, plan, data.test));
    display.line(
      `  rmse ${display.paint("bold", rmse(predictions).toFixed(4))} over ${predictions.length} rows in one call`,
    );
    const [first] = data.test;
    if (first !== undefined) {
      display.line(
        `  one row at a time: ${(await medianLatency(clients, plan, first)).toFixed(2)} ms a call (median of 100)`,
      );
    }
    return predictions;
  });
}

async function showPredictions(
  { display, outputDirectory }: DemoSetting,
  predictions: readonly Prediction[],
): Promise<void> {
  const unit = "thousand $";
  display.line();
  display.line(plotInTerminal(predictions, { columns: Math.min(60, display.columns - 16), rows: 16 }, unit));
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

function showSummary(display: DemoDisplay): void {
  const total = display.timings.reduce((sum, [, elapsed]) => sum + elapsed, 0);
  const width = Math.max(...display.timings.map(([title]) => title.split(" (")[0]?.length ?? 0));
  display.line(`\n${display.paint("bold", "How long it took")}`);
  for (const [title, elapsed] of [...display.timings, ["altogether", total] as const]) {
    display.line(`  ${(title.split(" (")[0] ?? title).padEnd(width)}  ${formatDuration(elapsed).padStart(8)}`);
  }
  display.line(`\n${display.paint("bold", "What to try next")}`);
  display.line("  npx clary start                          a server that stays");
  display.line("  npx clary exec -- python my_notebook.py  your own SageMaker code, unedited");
  display.line("  npx clary exec -- aws sagemaker list-training-jobs");
  display.line("  npx clary doctor                         what this machine has and lacks");
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
