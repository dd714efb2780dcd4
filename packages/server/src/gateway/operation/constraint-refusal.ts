import { AwsError, type Violation } from "@clary/wire";

/** What EC2 answers to an input that breaks its model, or undefined: it names the first parameter. */
export function ec2Refusal([first]: readonly Violation[]): AwsError | undefined {
  return first === undefined ? undefined : ec2Error(first);
}

function ec2Error({ path, value = "", missing }: Violation): AwsError {
  const parameter = path.charAt(0).toUpperCase() + path.slice(1);
  return missing
    ? new AwsError("MissingParameter", `The request must contain the parameter ${parameter}`)
    : new AwsError("InvalidParameterValue", `Value (${value}) for parameter ${parameter} is invalid.`);
}
