import type { AwsError, Violation } from "@clary/wire";
import { invalidArgument, malformedXml, methodNotAllowed, missingRequestBody } from "./errors.ts";

/** Members whose values S3 refuses in words of their own, which the operations know. */
const checkedByOperations = new Set([
  "acl",
  "checksumAlgorithm",
  "checksumType",
  "copySource",
  "createBucketConfiguration.locationConstraint",
  "encodingType",
  "metadataDirective",
  "serverSideEncryption",
  "storageClass",
  "taggingDirective",
]);

const documents = new Set(["delete", "policy", "tagging"]);

/** Query parameters that tell which operation a request means: without one it means none. */
const telling = new Set(["uploadId", "partNumber"]);

/** S3 says of an input that breaks its model which argument is bad, and of a document only that it is malformed. */
export function constraintError(violations: readonly Violation[]): AwsError | undefined {
  const violation = violations.find(({ path, missing }) => missing || !checkedByOperations.has(path));
  if (violation === undefined || violation.path.startsWith("objectAttributes.")) {
    return undefined;
  }
  const { path, value, missing } = violation;
  if (missing && documents.has(path)) {
    return missingRequestBody();
  }
  if (missing && telling.has(path)) {
    return methodNotAllowed();
  }
  return path.includes(".") ? malformedXml() : invalidArgument("Invalid Argument", path, value);
}
