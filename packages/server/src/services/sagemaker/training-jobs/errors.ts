import type { AwsError } from "@clary/wire";
import { resourceInUse, validationException } from "../errors.ts";

/** AWS gives unknown training jobs this code and text, without the name, where other resources say `Could not find …`. */
export function unknownTrainingJob(): AwsError {
  return validationException("Requested resource not found.");
}

export function trainingJobExists(arn: string): AwsError {
  return resourceInUse(
    `Training job names must be unique within an AWS account and region, and a training job with this name already exists (${arn})`,
  );
}

export function cannotStopTrainingJob(status: string): AwsError {
  return validationException(rejectedIn(status));
}

export function cannotUpdateTrainingJob(status: string): AwsError {
  return validationException(rejectedIn(status));
}

/** The model declares ResourceInUse for DeleteTrainingJob; the sentence is the one AWS uses for its other refusals. */
export function cannotDeleteTrainingJob(status: string): AwsError {
  return resourceInUse(rejectedIn(status));
}

function rejectedIn(status: string): string {
  return `The request was rejected because the training job is in status ${status}.`;
}

/** A member that the model does not require, but the operation does. */
export function missingMember(path: string): AwsError {
  return validationException(
    `1 validation error detected: Value null at '${path}' failed to satisfy constraint: Member must not be null`,
  );
}
