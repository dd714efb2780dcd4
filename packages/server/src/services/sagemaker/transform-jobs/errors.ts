import type { AwsError } from "@clary/wire";
import { resourceInUse, validationException } from "../errors.ts";

export function transformJobExists(arn: string): AwsError {
  return resourceInUse(
    `Job name must be unique within an AWS account and region, and a job with this name already exists (${arn})`,
  );
}

export function unknownTransformJob(name: string): AwsError {
  return validationException(`Could not find requested job with name: ${name}`);
}

export function cannotStopTransformJob(status: string): AwsError {
  return validationException(`The request was rejected because the transform job is in status ${status}.`);
}
