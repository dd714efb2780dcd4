import { GetObjectCommand, PutObjectCommand, S3ServiceException } from "@aws-sdk/client-s3";
import {
  CreateTransformJobCommand,
  DescribeTransformJobCommand,
  type CreateTransformJobCommandInput,
  type DescribeTransformJobCommandOutput,
} from "@aws-sdk/client-sagemaker";
import { until } from "../../../support/until.ts";
import type { SageMakerUnderTest } from "./sagemaker-under-test.ts";

/** What a request says instead of the usual; members of the input and the output are merged into them. */
export type TransformChanges = Partial<Omit<CreateTransformJobCommandInput, "TransformInput" | "TransformOutput">> & {
  readonly TransformInput?: Partial<CreateTransformJobCommandInput["TransformInput"]>;
  readonly TransformOutput?: Partial<CreateTransformJobCommandInput["TransformOutput"]>;
};

/** Transforms what lies below `in/<name>` of the test's bucket, by lines of CSV, to `out/<name>`. */
export function transformRequest(
  under: SageMakerUnderTest,
  name: string,
  { TransformInput: input, TransformOutput: output, ...changes }: TransformChanges = {},
): CreateTransformJobCommandInput {
  return {
    TransformJobName: name,
    ModelName: "Tiny",
    TransformInput: {
      DataSource: { S3DataSource: { S3DataType: "S3Prefix", S3Uri: `s3://${under.bucket}/in/${name}/` } },
      ContentType: "text/csv",
      SplitType: "Line",
      ...input,
    },
    TransformOutput: { S3OutputPath: `s3://${under.bucket}/out/${name}`, ...output },
    TransformResources: { InstanceType: "ml.m4.xlarge", InstanceCount: 1 },
    ...changes,
  };
}

/** Creates the job and resolves with its description once it has ended, however it did. */
export async function transform(
  under: SageMakerUnderTest,
  name: string,
  changes?: TransformChanges,
): Promise<DescribeTransformJobCommandOutput> {
  const { sagemaker } = under.clients;
  await sagemaker.send(new CreateTransformJobCommand(transformRequest(under, name, changes)));
  return transformEnd(under, name);
}

export async function transformEnd(
  under: SageMakerUnderTest,
  name: string,
): Promise<DescribeTransformJobCommandOutput> {
  const describe = (): Promise<DescribeTransformJobCommandOutput> =>
    under.clients.sagemaker.send(new DescribeTransformJobCommand({ TransformJobName: name }));
  await until(`the end of ${name}`, async () => {
    const { TransformJobStatus: status } = await describe();
    return status !== "InProgress" && status !== "Stopping";
  });
  return describe();
}

export async function put(under: SageMakerUnderTest, key: string, body: string | Uint8Array): Promise<void> {
  await under.clients.s3.send(new PutObjectCommand({ Bucket: under.bucket, Key: key, Body: body }));
}

/** Undefined when there is no such object. */
export async function read(under: SageMakerUnderTest, key: string): Promise<string | undefined> {
  try {
    const { Body } = await under.clients.s3.send(new GetObjectCommand({ Bucket: under.bucket, Key: key }));
    return await Body?.transformToString();
  } catch (error) {
    if (error instanceof S3ServiceException && error.name === "NoSuchKey") {
      return undefined;
    }
    throw error;
  }
}
