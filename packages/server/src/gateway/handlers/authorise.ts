import type { Authoriser } from "../../services/access.ts";
import { callContext } from "../call-context.ts";
import type { Handler } from "../chain.ts";
import type { Parsed, Permitted } from "../exchange.ts";

/** Asks for every permission that the operation declares. An operation that declares none may be called by anybody. */
export function authorise(authoriser: Authoriser): Handler<Parsed, Permitted> {
  return async (exchange) => {
    const { boundOperation, boundService, input, caller } = exchange;
    const context = callContext(exchange);
    const permissions = boundOperation.permissions(input, context);
    if (permissions.length > 0) {
      await authoriser.authorise({
        caller,
        permissions,
        context,
        resourcePolicy: async (resource) => boundService.resourcePolicy?.(resource, context),
      });
    }
    return { context };
  };
}
