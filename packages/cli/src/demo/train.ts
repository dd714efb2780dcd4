import {
  DescribeLogStreamsCommand,
  GetLogEventsCommand,
  ResourceNotFoundException,
} from "@aws-sdk/client-cloudwatch-logs";
import {
  CreateTrainingJobCommand,
  DescribeTrainingJobCommand,
  type DescribeTrainingJobResponse,
} from "@aws-sdk/client-sagemaker";
import { CommandError } from "../command.ts";
import type { DemoClients } from "./demo-clients.ts";
import { bar, type DemoDisplay } from "./demo-display.ts";
import type { DemoPlan } from "./demo-plan.ts";
import { poll } from "./poll.ts";

const rounds = 200;

/** The classic notebook's hyperparameters. */
export const hyperParameters: Readonly<Record<string, string>> = {
  max_depth: "5",
  eta: "0.2",
  gamma: "4",
  min_child_weight: "6",
  subsample: "0.8",
  objective: "reg:linear",
  early_stopping_rounds: "10",
  num_round: String(rounds),
};

const logGroup = "/aws/sagemaker/TrainingJobs";
const terminal = new Set(["Completed", "Failed", "Stopped"]);

/** Trains XGBoost, shows its log while it runs, and resolves with the finished job. Rejects with the job's own reason when it failed. */
export async function train(
  clients: DemoClients,
  plan: DemoPlan,
  display: DemoDisplay,
): Promise<DescribeTrainingJobResponse> {
  await clients.sagemaker.send(
    new CreateTrainingJobCommand({
      TrainingJobName: plan.name,
      RoleArn: plan.roleArn,
      AlgorithmSpecification: { TrainingImage: plan.image, TrainingInputMode: "File" },
      ResourceConfig: { InstanceCount: 1, InstanceType: "ml.m4.xlarge", VolumeSizeInGB: 5 },
      StoppingCondition: { MaxRuntimeInSeconds: 86_400 },
      OutputDataConfig: { S3OutputPath: `s3://${plan.bucket}/${plan.prefix}/output` },
      HyperParameters: hyperParameters,
      InputDataConfig: ["train", "validation"].map((channel) => ({
        ChannelName: channel,
        ContentType: "csv",
        DataSource: {
          S3DataSource: {
            S3DataType: "S3Prefix",
            S3Uri: `s3://${plan.bucket}/${plan.prefix}/${channel}.csv`,
            S3DataDistributionType: "FullyReplicated",
          },
        },
      })),
    }),
  );
  const log = new TrainingLog(clients, plan.name, display);
  const job = await poll(
    async () => {
      const described = await clients.sagemaker.send(new DescribeTrainingJobCommand({ TrainingJobName: plan.name }));
      await log.show();
      return described;
    },
    (described) => terminal.has(described.TrainingJobStatus ?? ""),
  );
  await log.finish();
  if (job.TrainingJobStatus !== "Completed") {
    throw new CommandError(
      `the training job ended ${job.TrainingJobStatus}: ${job.FailureReason ?? "no reason given"}`,
    );
  }
  return job;
}

/** Follows the job's log stream: rounds become a progress bar, everything else is shown as it is. */
class TrainingLog {
  readonly #clients: DemoClients;
  readonly #job: string;
  readonly #display: DemoDisplay;
  #token: string | undefined;
  #lastRound = "";

  constructor(clients: DemoClients, job: string, display: DemoDisplay) {
    this.#clients = clients;
    this.#job = job;
    this.#display = display;
  }

  async show(): Promise<void> {
    const stream = await this.#streamName();
    if (stream === undefined) {
      return;
    }
    for (;;) {
      const page = await this.#clients.logs.send(
        new GetLogEventsCommand({
          logGroupName: logGroup,
          logStreamName: stream,
          startFromHead: true,
          nextToken: this.#token,
        }),
      );
      this.#token = page.nextForwardToken;
      if (page.events === undefined || page.events.length === 0) {
        return;
      }
      for (const event of page.events) {
        this.#showLine(event.message ?? "");
      }
    }
  }

  /** Shows what is left, and the last round in full. */
  async finish(): Promise<void> {
    await this.show();
    if (this.#lastRound !== "") {
      this.#display.line(`  ${this.#lastRound.replaceAll("#011", "  ")}`);
    }
  }

  async #streamName(): Promise<string | undefined> {
    try {
      const streams = await this.#clients.logs.send(
        new DescribeLogStreamsCommand({ logGroupName: logGroup, logStreamNamePrefix: `${this.#job}/`, limit: 1 }),
      );
      return streams.logStreams?.[0]?.logStreamName;
    } catch (error) {
      if (error instanceof ResourceNotFoundException) {
        return undefined;
      }
      throw error;
    }
  }

  #showLine(message: string): void {
    const round = /^\[(\d+)\]#011/.exec(message);
    if (round === null) {
      this.#display.line(this.#display.paint("dim", `  ${message}`));
      return;
    }
    this.#lastRound = message;
    const number = Number(round[1]) + 1;
    this.#display.progress(
      `  ${this.#display.paint("cyan", bar(number / rounds, 24))} ${message.replaceAll("#011", "  ")}`,
    );
  }
}
