import { illegalLocationConstraint, invalidLocationConstraint } from "../errors.ts";

const regionForm = /^[a-z]{2}(-[a-z]+)+-\d$/;

/**
 * Where a new bucket is made. us-east-1 is the global endpoint: from there a bucket may be made anywhere, and its own region
 * is asked for by giving no constraint. Every other region makes only its own buckets.
 *
 * @throws InvalidLocationConstraint, IllegalLocationConstraintException.
 */
export function bucketRegion(constraint: string | undefined, endpointRegion: string): string {
  const given = constraint === "" ? undefined : constraint;
  if (endpointRegion === "us-east-1") {
    return given === undefined ? endpointRegion : constrained(given);
  }
  if (given === undefined || constrained(given) !== endpointRegion) {
    throw illegalLocationConstraint(given);
  }
  return endpointRegion;
}

/** What GetBucketLocation answers: nothing for us-east-1. */
export function locationConstraint(region: string): string | undefined {
  return region === "us-east-1" ? undefined : region;
}

function constrained(constraint: string): string {
  if (constraint === "EU") {
    return "eu-west-1";
  }
  if (constraint === "us-east-1" || !regionForm.test(constraint)) {
    throw invalidLocationConstraint(constraint);
  }
  return constraint;
}
