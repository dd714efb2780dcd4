import { checkConstraints as check } from "@clary/wire";
import type { Handler } from "../chain.ts";
import type { Parsed } from "../exchange.ts";

/** Refuses an input that breaks what the model says of it: required members, lengths, ranges, patterns, enums. */
export const checkConstraints: Handler<Parsed, Parsed> = (exchange) => {
  check(exchange.operation, exchange.input);
  return exchange;
};
