import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { type Blame, writeFailure } from "./failure.ts";
import { type JobInput, readJobInput } from "./job-input.ts";
import { mlPaths } from "./ml-root.ts";

/** A training job as the code that trains sees it. */
export interface TrainingJob extends JobInput {
  /** What is left here becomes model.tar.gz. */
  readonly modelDirectory: string;
  /** What is left here becomes output.tar.gz. */
  readonly outputDataDirectory: string;
  /** Aborts on SIGTERM: save what there is and return within two minutes. */
  readonly stop: AbortSignal;
  /** Writes one line of the job's log. */
  readonly log: (line: string) => void;
}

export interface TrainingRun {
  /** The directory that stands for `/opt/ml`. */
  readonly root: string;
  readonly stop: AbortSignal;
  readonly log: (line: string) => void;
  /** Whose fault an error is. */
  readonly blame: (error: unknown) => Blame;
  readonly train: (job: TrainingJob) => Promise<void>;
}

/** Runs one training job by the container's contract and resolves with its exit code: 0, or 1 with the reason in `output/failure`. */
export async function runTraining(run: TrainingRun): Promise<number> {
  try {
    const input = await readJobInput(run.root);
    const modelDirectory = join(run.root, mlPaths.model);
    const outputDataDirectory = join(run.root, mlPaths.outputData);
    await mkdir(modelDirectory, { recursive: true });
    await mkdir(outputDataDirectory, { recursive: true });
    await run.train({ ...input, modelDirectory, outputDataDirectory, stop: run.stop, log: run.log });
    return 0;
  } catch (error) {
    return await reportFailure(run, error);
  }
}

async function reportFailure(run: TrainingRun, error: unknown): Promise<number> {
  const blame = run.blame(error);
  const message = error instanceof Error ? error.message : String(error);
  run.log(blame === "algorithm" ? trace(error) : `${titles[blame]}: ${message}`);
  await writeFailure(run.root, blame, message);
  return 1;
}

const titles = { user: "Customer Error", platform: "Platform Error" } as const;

/** Only a defect needs the place where it happened. */
function trace(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
