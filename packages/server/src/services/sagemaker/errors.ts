import { AwsError } from "@clary/wire";

/** SageMaker's commonest error. Not modelled: clients know it by its code alone. */
export function validationException(message: string): AwsError {
  return new AwsError("ValidationException", message);
}

export function resourceInUse(message: string): AwsError {
  return new AwsError("ResourceInUse", message);
}

export function resourceLimitExceeded(message: string): AwsError {
  return new AwsError("ResourceLimitExceeded", message);
}

/** A role that does not exist, or whose trust policy does not name SageMaker. */
export function cannotAssumeRole(roleArn: string): AwsError {
  return validationException(
    `Could not assume role ${roleArn}. Please ensure that the role exists and allows principal 'sagemaker.amazonaws.com' to assume the role.`,
  );
}

export function unknownModel(arn: string): AwsError {
  return validationException(`Could not find model "${arn}".`);
}

export function modelExists(arn: string): AwsError {
  return validationException(`Cannot create already existing model "${arn}".`);
}

export function modelDataNotFound(url: string): AwsError {
  return validationException(`Could not find model data at ${url}.`);
}

export function modelDataDenied(url: string, roleArn: string, region: string): AwsError {
  return validationException(
    `Could not access model data at ${url}. Please ensure that the role "${roleArn}" exists and that its trust relationship policy allows the action "sts:AssumeRole" for the service principal "sagemaker.amazonaws.com". Also ensure that the role has "s3:GetObject" permissions and that the object is located in ${region}.`,
  );
}

/** Nothing here can run the image. The first sentences are AWS's for an image that cannot be pulled; ours add what there is. */
export function imageNotFound(image: string, roleArn: string, available: readonly string[]): AwsError {
  return validationException(
    `Could not pull image. Role ${roleArn} cannot pull ${image}. Ensure that the role exists and the image was granted pull permission. Images available here: ${available.join(", ")}.`,
  );
}

export function unknownEndpointConfig(arn: string): AwsError {
  return validationException(`Could not find endpoint configuration "${arn}".`);
}

export function endpointConfigExists(arn: string): AwsError {
  return validationException(`Cannot create already existing endpoint configuration "${arn}".`);
}

export function unknownEndpoint(arn: string): AwsError {
  return validationException(`Could not find endpoint "${arn}".`);
}

export function endpointExists(arn: string): AwsError {
  return validationException(`Cannot create already existing endpoint "${arn}".`);
}

/** Any change while an earlier one is still being made. */
export function endpointInProgress(arn: string): AwsError {
  return validationException(`Cannot update in-progress endpoint "${arn}".`);
}

export function invalidPaginationToken(): AwsError {
  return validationException("Invalid pagination token.");
}
