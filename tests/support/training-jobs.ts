import {
  CreateTrainingJobCommand,
  DescribeTrainingJobCommand,
  type CreateTrainingJobCommandInput,
  type DescribeTrainingJobCommandOutput,
  type SageMakerClient,
} from "@aws-sdk/client-sagemaker";
import { seededRandom } from "./seeded-random.ts";
import { until } from "./until.ts";

export const xgboostImage = "683313688378.dkr.ecr.us-east-1.amazonaws.com/sagemaker-xgboost:1.7-1";

/** Rows of a label and five features that it depends on, the same for the same seed. */
export function trainingRows(count: number, seed = 1): string {
  const random = seededRandom(seed);
  const row = (): string => {
    const features = Array.from({ length: 5 }, () => Number(random.next().toFixed(4)));
    const [a = 0, b = 0, c = 0] = features;
    return [Number((3 * a - 2 * b + a * c).toFixed(5)), ...features].join(",");
  };
  return `${Array.from({ length: count }, row).join("\n")}\n`;
}

export interface TrainingPlan {
  readonly name: string;
  readonly roleArn: string;
  readonly bucket: string;
  /** Of the training data, in `bucket`. */
  readonly key: string;
  readonly hyperParameters?: Readonly<Record<string, string>>;
  readonly changes?: Partial<CreateTrainingJobCommandInput>;
}

/** A job that trains XGBoost on one CSV object and leaves its artifact below `s3://<bucket>/output`. */
export function trainingRequest(plan: TrainingPlan): CreateTrainingJobCommandInput {
  const { name, roleArn, bucket, key, hyperParameters, changes } = plan;
  return {
    TrainingJobName: name,
    RoleArn: roleArn,
    AlgorithmSpecification: { TrainingImage: xgboostImage, TrainingInputMode: "File" },
    ResourceConfig: { InstanceCount: 1, InstanceType: "ml.m4.xlarge", VolumeSizeInGB: 5 },
    StoppingCondition: { MaxRuntimeInSeconds: 3600 },
    OutputDataConfig: { S3OutputPath: `s3://${bucket}/output` },
    HyperParameters: { objective: "reg:squarederror", num_round: "10", max_depth: "3", ...hyperParameters },
    InputDataConfig: [
      {
        ChannelName: "train",
        ContentType: "text/csv",
        DataSource: { S3DataSource: { S3DataType: "S3Prefix", S3Uri: `s3://${bucket}/${key}` } },
      },
    ],
    ...changes,
  };
}

/** Creates the job and resolves with its description once it has ended, however it did. */
export async function train(sagemaker: SageMakerClient, plan: TrainingPlan): Promise<DescribeTrainingJobCommandOutput> {
  await sagemaker.send(new CreateTrainingJobCommand(trainingRequest(plan)));
  return trainingEnd(sagemaker, plan.name);
}

/** Resolves with the job's description once it has ended, however it did. */
export async function trainingEnd(
  sagemaker: SageMakerClient,
  name: string,
  withinMs = 120_000,
): Promise<DescribeTrainingJobCommandOutput> {
  const describe = (): Promise<DescribeTrainingJobCommandOutput> =>
    sagemaker.send(new DescribeTrainingJobCommand({ TrainingJobName: name }));
  let job = await describe();
  await until(
    `${name} has ended`,
    async () => {
      job = await describe();
      return ["Completed", "Failed", "Stopped"].includes(job.TrainingJobStatus ?? "");
    },
    { withinMs },
  );
  return job;
}
