import { DeleteBucketCommand, DeleteObjectsCommand, ListObjectsV2Command } from "@aws-sdk/client-s3";
import {
  DeleteEndpointCommand,
  DeleteEndpointConfigCommand,
  DeleteModelCommand,
  StopTrainingJobCommand,
  StopTransformJobCommand,
} from "@aws-sdk/client-sagemaker";
import type { DemoRun } from "./demo-run.ts";

/** Deletes what the demo made, also after a failure half-way. Jobs are stopped and stay on record, as on AWS. */
export async function cleanUp({ clients, plan }: DemoRun, madeBucket: boolean): Promise<void> {
  const { sagemaker } = clients;
  const { name } = plan;
  const deletions = [
    () => sagemaker.send(new StopTransformJobCommand({ TransformJobName: name })),
    () => sagemaker.send(new StopTrainingJobCommand({ TrainingJobName: name })),
    () => sagemaker.send(new DeleteEndpointCommand({ EndpointName: name })),
    () => sagemaker.send(new DeleteEndpointConfigCommand({ EndpointConfigName: name })),
    () => sagemaker.send(new DeleteModelCommand({ ModelName: name })),
  ];
  for (const deletion of deletions) {
    await deletion().catch(ignoreNothingToDo);
  }
  await deleteObjects({ clients, plan });
  if (madeBucket) {
    await clients.s3.send(new DeleteBucketCommand({ Bucket: plan.bucket }));
  }
}

async function deleteObjects({ clients, plan }: Pick<DemoRun, "clients" | "plan">): Promise<void> {
  const listing = await clients.s3.send(new ListObjectsV2Command({ Bucket: plan.bucket, Prefix: `${plan.prefix}/` }));
  const objects = listing.Contents?.map(({ Key }) => ({ Key })) ?? [];
  if (objects.length > 0) {
    await clients.s3.send(new DeleteObjectsCommand({ Bucket: plan.bucket, Delete: { Objects: objects } }));
  }
}

/** What was never made, or has ended by itself, is refused with one of these; all else is a failure. */
function ignoreNothingToDo(error: unknown): void {
  const refused = error instanceof Error && (error.name === "ValidationException" || error.name === "ResourceNotFound");
  if (!refused) {
    throw error;
  }
}
