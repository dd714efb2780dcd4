import { constraintViolations, checkConstraints as check } from "@clary/wire";
import type { Handler } from "../chain.ts";
import type { Parsed } from "../exchange.ts";
import { ec2Refusal } from "../operation/constraint-refusal.ts";

/**
 * Refuses an input that breaks what the model says of it: required members, lengths, ranges, patterns, enums. Services whose
 * words are not the common ones say it themselves.
 */
export const checkConstraints: Handler<Parsed, void> = ({ operation, input, protocol, boundService }) => {
  const ownWords = boundService.constraintError ?? (protocol === "ec2Query" ? ec2Refusal : undefined);
  if (ownWords === undefined) {
    check(operation, input);
    return;
  }
  const refusal = ownWords(constraintViolations(operation, input));
  if (refusal !== undefined) {
    throw refusal;
  }
};
