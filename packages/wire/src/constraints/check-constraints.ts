import { AwsError } from "../aws-error.ts";
import type { OperationModel } from "../model/service-model.ts";
import { checkOf } from "./compile-checks.ts";
import { type Violation, violationText } from "./violation.ts";

const none: readonly Violation[] = [];

/** What in an input breaks the constraints of its model (required members, lengths, ranges, patterns, value sets). */
export function constraintViolations(operation: OperationModel, input: object): readonly Violation[] {
  const check = checkOf(operation.input);
  if (check === undefined) {
    return none;
  }
  const found: Violation[] = [];
  check(input, "", "", found);
  return found;
}

/**
 * Throws an AwsError with AWS's text when an input breaks constraints: `1 validation error detected: Value 'x' at 'name'
 * failed to satisfy constraint: Member must …`. Its code is the service's own (`ValidationException`, in the query
 * services `ValidationError` …). S3 and EC2 word such errors differently; see `constraintViolations`.
 */
export function checkConstraints(operation: OperationModel, input: object): void {
  const violations = constraintViolations(operation, input);
  if (violations.length > 0) {
    const count = `${violations.length} validation ${violations.length === 1 ? "error" : "errors"} detected: `;
    throw new AwsError(operation.service.constraintError, count + violations.map(violationText).join("; "));
  }
}
