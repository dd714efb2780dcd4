import { DeleteBucketCommand, DeleteObjectsCommand, ListObjectsV2Command } from "@aws-sdk/client-s3";
import { DeleteEndpointCommand, DeleteEndpointConfigCommand, DeleteModelCommand } from "@aws-sdk/client-sagemaker";
import type { DemoClients } from "./demo-clients.ts";
import type { DemoPlan } from "./demo-plan.ts";

/**
 * Deletes what the demo made, also after a failure half-way, when some of it is not there. Jobs stay on record, as on AWS.
 */
export async function cleanUp(clients: DemoClients, plan: DemoPlan, madeBucket: boolean): Promise<void> {
  const deletions = [
    () => clients.sagemaker.send(new DeleteEndpointCommand({ EndpointName: plan.name })),
    () => clients.sagemaker.send(new DeleteEndpointConfigCommand({ EndpointConfigName: plan.name })),
    () => clients.sagemaker.send(new DeleteModelCommand({ ModelName: plan.name })),
  ];
  for (const deletion of deletions) {
    await deletion().catch(ignoreMissing);
  }
  await deleteObjects(clients, plan);
  if (madeBucket) {
    await clients.s3.send(new DeleteBucketCommand({ Bucket: plan.bucket }));
  }
}

async function deleteObjects(clients: DemoClients, plan: DemoPlan): Promise<void> {
  const listing = await clients.s3.send(new ListObjectsV2Command({ Bucket: plan.bucket, Prefix: `${plan.prefix}/` }));
  const objects = listing.Contents?.map(({ Key }) => ({ Key })) ?? [];
  if (objects.length > 0) {
    await clients.s3.send(new DeleteObjectsCommand({ Bucket: plan.bucket, Delete: { Objects: objects } }));
  }
}

function ignoreMissing(error: unknown): void {
  if (!(error instanceof Error) || !error.message.startsWith("Could not find")) {
    throw error;
  }
}
