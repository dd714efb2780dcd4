import type { Handler } from "../chain.ts";
import type { Authorised, Ran } from "../exchange.ts";

/** Runs the operation. From here on the request has an effect. */
export const runOperation: Handler<Authorised, Ran> = async (exchange) => {
  const { boundOperation, input, context } = exchange;
  return { ...exchange, output: await boundOperation.run(input, context) };
};
