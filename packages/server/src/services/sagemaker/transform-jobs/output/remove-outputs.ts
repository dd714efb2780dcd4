import type { ObjectStore } from "../../../../platform/objects/object-store.ts";
import type { InputObject } from "../input/input-objects.ts";
import type { TransformJobBody } from "../transform-job-record.ts";
import { outputLocation } from "./output-location.ts";

/**
 * Removes what a job, in any of its attempts, stored for the given objects: a stopped job leaves no output. What had the same key
 * before the job began is not the job's and stays.
 */
export async function removeOutputs(
  body: TransformJobBody,
  inputs: readonly InputObject[],
  objects: ObjectStore,
): Promise<void> {
  for (const input of inputs) {
    const { bucket, key } = outputLocation(body.request, input);
    const stored = await objects.head(bucket, key);
    if (stored !== undefined && stored.lastModified >= body.createdAt) {
      await objects.delete(bucket, key);
    }
  }
}
