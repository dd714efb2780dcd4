import type { Service } from "../../services/operation.ts";
import type { Handler } from "../chain.ts";
import { operationNotImplemented } from "../errors.ts";
import type { Authenticated, Call } from "../exchange.ts";
import { calledOperation, isRest } from "../operation/called-operation.ts";
import type { ServiceModels } from "../service-models.ts";

export interface FindDeps {
  readonly models: ServiceModels;
  /** By id. */
  readonly services: ReadonlyMap<string, Service>;
}

const nothing = new Uint8Array();

/**
 * Finds the operation in the service's model, and then among those that we have: what AWS has and we have not answers 501
 * with its name, never something that looks like success.
 */
export function findOperation({ models, services }: FindDeps): Handler<Authenticated, Call> {
  return async (exchange) => {
    const { service, signedBody } = exchange;
    const model = await models.load(service.id);
    // Bodies of REST requests wait: whether one is collected or streamed depends on the operation.
    const body = isRest(exchange) ? nothing : await signedBody.bytes();
    const { operation, labels } = calledOperation(exchange, model, body);
    const boundService = services.get(service.id);
    const boundOperation = boundService?.operations.get(operation.name);
    if (boundService === undefined || boundOperation === undefined) {
      throw operationNotImplemented(service, operation.name);
    }
    return { operation, labels, boundService, boundOperation };
  };
}
