import type { Handler } from "../chain.ts";
import type { Authorised, Output } from "../exchange.ts";

/** Runs the operation. From here on the request has an effect. */
export const runOperation: Handler<Authorised, Output> = async ({ boundOperation, input, context }) => ({
  output: await boundOperation.run(input, context),
});
