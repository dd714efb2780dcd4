import { serialiseOutput } from "@clary/wire";
import type { Handler } from "../chain.ts";
import type { Ran, Serialised } from "../exchange.ts";

/** Writes the output in the form of the request's protocol. */
export const serialise: Handler<Ran, Serialised> = (exchange) => {
  const { operation, protocol, output, requestId } = exchange;
  const answer = serialiseOutput(operation, protocol, output, requestId);
  // The model knows one status per operation; an answer that names its range is a part of the whole.
  const status = answer.headers["content-range"] === undefined ? answer.status : 206;
  return { ...exchange, answer: { ...answer, status } };
};
