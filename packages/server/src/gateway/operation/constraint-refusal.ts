import { AwsError, constraintViolations, type OperationModel, type Violation } from "@clary/wire";

/*
 * S3 and EC2 do not word broken constraints as the other services do.
 */

/**
 * What S3 answers to an input that breaks its model, or undefined. It checks the document of a request as a whole; what
 * stands in headers and parameters has an error of its own each, which the operations word.
 */
export function s3Refusal(operation: OperationModel, input: object): AwsError | undefined {
  const { members } = operation.input;
  const payload = members.find(({ httpPayload }) => httpPayload === true);
  for (const { path, missing } of constraintViolations(operation, input)) {
    if (path.includes(".")) {
      return new AwsError(
        "MalformedXML",
        "The XML you provided was not well-formed or did not validate against our published schema",
      );
    }
    if (missing && payload !== undefined && isNamed(payload.name, path)) {
      return new AwsError("MissingRequestBodyError", "Request Body is empty");
    }
    // Such as POST to an object without `uploadId`: what would say which operation is meant is not there.
    if (missing && members.some(({ name, httpQuery }) => httpQuery !== undefined && isNamed(name, path))) {
      const message = "The specified method is not allowed against this resource.";
      return new AwsError("MethodNotAllowed", message, { status: 405 });
    }
  }
  return undefined;
}

/** Paths of violations spell members with a small first letter. */
function isNamed(member: string, path: string): boolean {
  return path.toLowerCase() === member.toLowerCase();
}

/** What EC2 answers to an input that breaks its model, or undefined: it names the first parameter. */
export function ec2Refusal(operation: OperationModel, input: object): AwsError | undefined {
  const [first] = constraintViolations(operation, input);
  return first === undefined ? undefined : ec2Error(first);
}

function ec2Error({ path, value = "", missing }: Violation): AwsError {
  const parameter = path.charAt(0).toUpperCase() + path.slice(1);
  return missing
    ? new AwsError("MissingParameter", `The request must contain the parameter ${parameter}`)
    : new AwsError("InvalidParameterValue", `Value (${value}) for parameter ${parameter} is invalid.`);
}
