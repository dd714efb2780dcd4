import { AwsError } from "@clary/wire";

export const noSuchGroup = (): AwsError =>
  new AwsError("ResourceNotFoundException", "The specified log group does not exist.");

export const noSuchStream = (): AwsError =>
  new AwsError("ResourceNotFoundException", "The specified log stream does not exist.");

export const groupExists = (): AwsError =>
  new AwsError("ResourceAlreadyExistsException", "The specified log group already exists");

export const streamExists = (): AwsError =>
  new AwsError("ResourceAlreadyExistsException", "The specified log stream already exists");

export const noSuchResource = (): AwsError =>
  new AwsError("ResourceNotFoundException", "The specified resource does not exist.");

export const invalidParameter = (message: string): AwsError => new AwsError("InvalidParameterException", message);

export const invalidToken = (): AwsError => invalidParameter("The specified nextToken is invalid.");
