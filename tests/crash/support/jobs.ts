import {
  CreateTrainingJobCommand,
  DescribeTrainingJobCommand,
  type DescribeTrainingJobCommandOutput,
} from "@aws-sdk/client-sagemaker";
import { readArchive } from "../../support/archive.ts";
import type { AwsClients } from "../../support/aws-clients.ts";
import { readObject } from "../../support/read-object.ts";
import { trainingEnd, trainingRequest } from "../../support/training-jobs.ts";
import { until } from "../../support/until.ts";

const terminal = ["Completed", "Failed", "Stopped"];

/** Training jobs that servers are killed under. */
export class Jobs {
  readonly #plan: { readonly roleArn: string; readonly bucket: string; readonly key: string };
  /** Whether CreateTrainingJob was answered. */
  readonly #created = new Map<string, boolean>();
  /** When the jobs ended that were seen to have. */
  readonly #ended = new Map<string, string>();

  constructor(plan: { readonly roleArn: string; readonly bucket: string; readonly key: string }) {
    this.#plan = plan;
  }

  get names(): readonly string[] {
    return [...this.#created.keys()];
  }

  /** Trains one job after the other until the server goes away; begins with those that an earlier one left. */
  async run(clients: AwsClients): Promise<void> {
    for (;;) {
      for (const name of this.names.filter((each) => !this.#ended.has(each))) {
        await this.#untilEnded(clients, name);
      }
      const name = `crash-${this.#created.size}`;
      this.#created.set(name, false);
      const hyperParameters = { num_round: "150" };
      await clients.sagemaker.send(
        new CreateTrainingJobCommand(trainingRequest({ ...this.#plan, name, hyperParameters })),
      );
      this.#created.set(name, true);
    }
  }

  /** Waits until all have ended and says what is wrong with any of them. */
  async check(clients: AwsClients): Promise<string[]> {
    const problems: string[] = [];
    for (const [name, isCreated] of this.#created) {
      const found = await describeJob(clients, name);
      if (found !== undefined) {
        const job = await trainingEnd(clients.sagemaker, name);
        problems.push(...endProblems(job), ...(await artifactProblems(clients, job)));
        problems.push(...this.#changeProblems(job));
      } else if (isCreated) {
        problems.push(`${name} was acknowledged and is unknown`);
      }
    }
    return problems;
  }

  async #untilEnded(clients: AwsClients, name: string): Promise<void> {
    await until(`${name} has ended`, async () => {
      const job = await describeJob(clients, name);
      if (job === undefined || terminal.includes(job.TrainingJobStatus ?? "")) {
        this.#ended.set(name, endOf(job));
        return true;
      }
      return false;
    });
  }

  /** A job ends once: what was seen of its end before a crash is what there is after it. */
  #changeProblems(job: DescribeTrainingJobCommandOutput): string[] {
    const name = job.TrainingJobName ?? "";
    const before = this.#ended.get(name);
    return before === undefined || before === endOf(job) ? [] : [`${name} ended ${before} and then ${endOf(job)}`];
  }
}

function endOf(job: DescribeTrainingJobCommandOutput | undefined): string {
  return job === undefined ? "never created" : `${job.TrainingJobStatus} at ${job.TrainingEndTime?.toISOString()}`;
}

async function describeJob(
  { sagemaker }: AwsClients,
  name: string,
): Promise<DescribeTrainingJobCommandOutput | undefined> {
  try {
    return await sagemaker.send(new DescribeTrainingJobCommand({ TrainingJobName: name }));
  } catch (error) {
    if (error instanceof Error && error.message.includes("Requested resource not found")) {
      return undefined;
    }
    throw error;
  }
}

function endProblems(job: DescribeTrainingJobCommandOutput): string[] {
  const { TrainingJobName: name, TrainingJobStatus: status, SecondaryStatusTransitions = [] } = job;
  const ends = SecondaryStatusTransitions.filter(({ Status }) => terminal.includes(Status ?? ""));
  return [
    ...(status === "Completed" ? [] : [`${name} is ${status}: ${job.FailureReason}`]),
    ...(ends.length === 1 ? [] : [`${name} ended ${ends.length} times`]),
  ];
}

async function artifactProblems({ s3 }: AwsClients, job: DescribeTrainingJobCommandOutput): Promise<string[]> {
  const [, bucket = "", key = ""] = /^s3:\/\/([^/]+)\/(.+)$/.exec(job.ModelArtifacts?.S3ModelArtifacts ?? "") ?? [];
  try {
    const files = await readArchive(await readObject(s3, bucket, key));
    const model = files.get("xgboost-model")?.length ?? 0;
    return model > 0 ? [] : [`${key} has ${[...files.keys()].join(", ") || "nothing"} in it, and no model`];
  } catch (error) {
    return [`${key} of ${job.TrainingJobName} does not open: ${String(error)}`];
  }
}
