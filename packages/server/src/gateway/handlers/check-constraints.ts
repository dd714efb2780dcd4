import { checkConstraints as check } from "@clary/wire";
import type { Handler } from "../chain.ts";
import type { Parsed } from "../exchange.ts";
import { ec2Refusal, s3Refusal } from "../operation/constraint-refusal.ts";

/** Refuses an input that breaks what the model says of it: required members, lengths, ranges, patterns, enums. */
export const checkConstraints: Handler<Parsed, void> = ({ operation, input, protocol }) => {
  if (protocol !== "restXml" && protocol !== "ec2Query") {
    check(operation, input);
    return;
  }
  const refusal = (protocol === "restXml" ? s3Refusal : ec2Refusal)(operation, input);
  if (refusal !== undefined) {
    throw refusal;
  }
};
