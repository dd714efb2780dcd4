import { AwsError } from "@clary/wire";

export const noSuchRole = (name: string): AwsError =>
  new AwsError("NoSuchEntityException", `The role with name ${name} cannot be found.`, { status: 404 });

export const noSuchUser = (name: string): AwsError =>
  new AwsError("NoSuchEntityException", `The user with name ${name} cannot be found.`, { status: 404 });

export const noSuchPolicy = (arn: string): AwsError =>
  new AwsError("NoSuchEntityException", `Policy ${arn} does not exist or is not attachable.`, { status: 404 });

/** For operations on a policy, and for one that is to be detached and is not attached. */
export const policyNotFound = (arn: string): AwsError =>
  new AwsError("NoSuchEntityException", `Policy ${arn} was not found.`, { status: 404 });

export const noSuchPolicyVersion = (arn: string, version: string): AwsError =>
  new AwsError("NoSuchEntityException", `Policy ${arn} version ${version} does not exist or is not attachable.`, {
    status: 404,
  });

export const noSuchInlinePolicy = (holder: "role" | "user", policyName: string): AwsError =>
  new AwsError("NoSuchEntityException", `The ${holder} policy with name ${policyName} cannot be found.`, {
    status: 404,
  });

export const noSuchAccessKey = (accessKeyId: string): AwsError =>
  new AwsError("NoSuchEntityException", `The Access Key with id ${accessKeyId} cannot be found.`, { status: 404 });

export const alreadyExists = (kind: "Role" | "User", name: string): AwsError =>
  new AwsError("EntityAlreadyExistsException", `${kind} with name ${name} already exists.`, { status: 409 });

export const policyAlreadyExists = (name: string): AwsError =>
  new AwsError(
    "EntityAlreadyExistsException",
    `A policy called ${name} already exists. Duplicate names are not allowed.`,
    {
      status: 409,
    },
  );

/** `what` in AWS's words: `must detach all policies first.` */
export const deleteConflict = (what: string): AwsError =>
  new AwsError("DeleteConflictException", `Cannot delete entity, ${what}`, { status: 409 });

export const limitExceeded = (quota: string, limit: number): AwsError =>
  new AwsError("LimitExceededException", `Cannot exceed quota for ${quota}: ${limit}`, { status: 409 });

export const malformedPolicyDocument = (message: string): AwsError =>
  new AwsError("MalformedPolicyDocumentException", message, { status: 400 });

export const invalidInput = (message: string): AwsError =>
  new AwsError("InvalidInputException", message, { status: 400 });

export const invalidMarker = (): AwsError => new AwsError("ValidationError", "Invalid Marker.", { status: 400 });

export const mustNameUser = (): AwsError =>
  new AwsError("ValidationError", "Must specify userName when calling with non-User credentials", { status: 400 });
