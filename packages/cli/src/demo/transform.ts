import { GetObjectCommand } from "@aws-sdk/client-s3";
import { CreateModelCommand, CreateTransformJobCommand, DescribeTransformJobCommand } from "@aws-sdk/client-sagemaker";
import { CommandError } from "../command.ts";
import type { DemoRun } from "./demo-run.ts";
import { poll } from "./poll.ts";

export async function createModel({ clients, plan }: DemoRun, modelDataUrl: string): Promise<void> {
  await clients.sagemaker.send(
    new CreateModelCommand({
      ModelName: plan.name,
      ExecutionRoleArn: plan.roleArn,
      PrimaryContainer: { Image: plan.image, ModelDataUrl: modelDataUrl },
    }),
  );
}

/** Predicts the test split as a batch job and resolves with one prediction per row. */
export async function transform(run: DemoRun): Promise<readonly number[]> {
  const { clients, plan } = run;
  await clients.sagemaker.send(
    new CreateTransformJobCommand({
      TransformJobName: plan.name,
      ModelName: plan.name,
      BatchStrategy: "MultiRecord",
      TransformInput: {
        DataSource: { S3DataSource: { S3DataType: "S3Prefix", S3Uri: `s3://${plan.bucket}/${plan.prefix}/test.csv` } },
        ContentType: "text/csv",
        SplitType: "Line",
      },
      TransformOutput: { S3OutputPath: `s3://${plan.bucket}/${plan.prefix}/transform` },
      TransformResources: { InstanceType: "ml.m4.xlarge", InstanceCount: 1 },
    }),
  );
  const job = await poll(
    {
      ask: () => clients.sagemaker.send(new DescribeTransformJobCommand({ TransformJobName: plan.name })),
      done: ({ TransformJobStatus }) => TransformJobStatus !== "InProgress" && TransformJobStatus !== "Stopping",
      status: ({ TransformJobStatus }) => TransformJobStatus,
    },
    run,
  );
  if (job.TransformJobStatus !== "Completed") {
    throw new CommandError(
      `the transform job ended ${job.TransformJobStatus}: ${job.FailureReason ?? "no reason given"}`,
    );
  }
  const output = await clients.s3.send(
    new GetObjectCommand({ Bucket: plan.bucket, Key: `${plan.prefix}/transform/test.csv.out` }),
  );
  const text = (await output.Body?.transformToString()) ?? "";
  return text.trim().split("\n").map(Number);
}
