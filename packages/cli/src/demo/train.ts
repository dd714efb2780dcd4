import {
  CreateTrainingJobCommand,
  DescribeTrainingJobCommand,
  type DescribeTrainingJobResponse,
} from "@aws-sdk/client-sagemaker";
import { CommandError } from "../command.ts";
import type { DemoPlan } from "./demo-plan.ts";
import type { DemoRun } from "./demo-run.ts";
import { poll } from "./poll.ts";
import { TrainingLog } from "./training-log.ts";

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

const terminal = new Set(["Completed", "Failed", "Stopped"]);

/** Trains XGBoost, shows its log while it runs, and resolves with the finished job. Rejects with the job's own reason when it failed. */
export async function train(run: DemoRun): Promise<DescribeTrainingJobResponse> {
  const { sagemaker } = run.clients;
  const { name } = run.plan;
  await sagemaker.send(trainingJob(run.plan));
  const log = new TrainingLog(run, rounds);
  const job = await poll(
    {
      async ask() {
        const described = await sagemaker.send(new DescribeTrainingJobCommand({ TrainingJobName: name }));
        await log.show();
        return described;
      },
      done: (described) => terminal.has(described.TrainingJobStatus ?? ""),
      status: (described) => described.SecondaryStatusTransitions?.at(-1)?.StatusMessage ?? described.SecondaryStatus,
    },
    run,
  );
  await log.finish();
  if (job.TrainingJobStatus !== "Completed") {
    throw new CommandError(
      `the training job ended ${job.TrainingJobStatus}: ${job.FailureReason ?? "no reason given"}`,
    );
  }
  return job;
}

function trainingJob(plan: DemoPlan): CreateTrainingJobCommand {
  return new CreateTrainingJobCommand({
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
  });
}
