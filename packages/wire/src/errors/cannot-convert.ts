import type { AwsError } from "../aws-error.ts";
import { serializationException } from "./request-errors.ts";

/**
 * AWS's words for a JSON value of the wrong type, as its Java services were seen to answer:
 * `NUMBER_VALUE can not be converted to a String`. They name neither path nor member.
 */
export function cannotConvert(value: unknown, target: string): AwsError {
  if (Array.isArray(value)) {
    return serializationException("Start of list found where not expected");
  }
  if (typeof value === "object" && value !== null) {
    return serializationException("Start of structure or map found where not expected.");
  }
  const article = /^[AEIOU]/.test(target) ? "an" : "a";
  return serializationException(`${tokenName(value)} can not be converted to ${article} ${target}`);
}

function tokenName(value: unknown): string {
  if (typeof value === "string") {
    return "STRING_VALUE";
  }
  if (typeof value === "boolean") {
    return value ? "TRUE_VALUE" : "FALSE_VALUE";
  }
  return Number.isInteger(value) ? "NUMBER_VALUE" : "DECIMAL_VALUE";
}
