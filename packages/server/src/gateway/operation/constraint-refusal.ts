import { AwsError, constraintViolations, type OperationModel, type Violation } from "@clary/wire";

/*
 * S3 and EC2 do not word broken constraints as the other services do.
 */

/**
 * What S3 answers to an input that breaks its model, or undefined. It checks the document of a request as a whole; what
 * stands in headers and parameters has an error of its own each, which the operations word.
 */
export function s3Refusal(operation: OperationModel, input: object): AwsError | undefined {
  const payload = operation.input.members.find(({ httpPayload }) => httpPayload === true);
  for (const { path, missing } of constraintViolations(operation, input)) {
    if (path.includes(".")) {
      return new AwsError(
        "MalformedXML",
        "The XML you provided was not well-formed or did not validate against our published schema",
      );
    }
    if (missing && path.toLowerCase() === payload?.name.toLowerCase()) {
      return new AwsError("MissingRequestBodyError", "Request Body is empty");
    }
  }
  return undefined;
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
