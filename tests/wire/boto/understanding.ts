import type { ServiceModel } from "@clary/wire";
import { comparable, firstDifference } from "../testing/comparable.ts";
import type { Understood } from "../testing/echo-server.ts";
import { knownPart } from "./known-part.ts";
import type { Question } from "./report-server.ts";

/** What became of the last request. */
export interface Last {
  readonly understood?: Understood;
  readonly error?: unknown;
}

/**
 * How the server misunderstood a request; null when it did not. boto3 is published more often than the client packages
 * that the models are made from: what the model does not know, an operation or a member, is no misunderstanding.
 */
export function misunderstanding(model: ServiceModel, last: Last, { operation, sent }: Question): string | null {
  if (isUnknown(model, last, operation)) {
    return null;
  }
  if (last.understood === undefined) {
    return ` failed: ${String(last.error)}`;
  }
  const { operation: called, input, signatureHolds } = last.understood;
  if (called.name !== operation) {
    return ` was understood as ${called.name}`;
  }
  if (signatureHolds === false) {
    return " has a signature that does not hold";
  }
  const difference = firstDifference(knownPart(sent, called.input), comparable(input));
  return difference === undefined ? null : ` input${difference}`;
}

/** Whether the model has no such operation. One under an old name is not unknown: it reaches what took its place. */
export function isUnknown(model: ServiceModel, { understood }: Last, operation: string): boolean {
  return !model.operations.has(operation) && understood === undefined;
}
