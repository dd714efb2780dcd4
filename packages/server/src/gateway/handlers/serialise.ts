import { serialiseOutput } from "@clary/wire";
import type { Handler } from "../chain.ts";
import type { Answer, Ran } from "../exchange.ts";

/** Writes the output in the form of the request's protocol. */
export const serialise: Handler<Ran, Answer> = ({ operation, protocol, output, requestId }) => {
  const answer = serialiseOutput(operation, protocol, output, requestId);
  // The model knows one status per operation; an answer that names its range is a part of the whole.
  const status = answer.headers["content-range"] === undefined ? answer.status : 206;
  return { answer: { status, headers: answer.headers, body: answer.body } };
};
