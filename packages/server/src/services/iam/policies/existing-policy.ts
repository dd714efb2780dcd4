import type { Directory } from "../directory/directory.ts";
import type { PolicyEntry } from "../directory/entries.ts";
import { policyNotFound } from "../errors.ts";

/** @throws AwsError `NoSuchEntity` */
export function existingPolicy(directory: Directory, arn: string): PolicyEntry {
  const policy = directory.policy(arn);
  if (policy === undefined) {
    throw policyNotFound(arn);
  }
  return policy;
}
