import { routeRest, type Labels, type OperationModel, type ServiceModel } from "@clary/wire";
import { operationNotImplemented, unknownOperation } from "../errors.ts";
import type { Identified } from "../exchange.ts";
import { readAction } from "../identify/query-action.ts";
import { unmodelledOperation } from "./unmodelled-operation.ts";

/** An operation, and what its path says of the input. */
export interface CalledOperation {
  readonly operation: OperationModel;
  readonly labels: Labels;
}

const noLabels: Labels = {};

/**
 * The operation that a request calls: by its path in the REST protocols, else by name.
 * @param body The collected body; only the query protocols look into it.
 * @throws AwsError in the protocol's words when the service has no such operation.
 */
export function calledOperation(exchange: Identified, model: ServiceModel, body: Uint8Array): CalledOperation {
  const { protocol, service, head, routedPath } = exchange;
  if (isRest(exchange)) {
    const { method, query, headers } = head;
    const route = routeRest(model, { method, path: routedPath, query, headers });
    if (route === undefined) {
      const name = unmodelledOperation(exchange);
      throw name === undefined
        ? unknownOperation(service, protocol, undefined)
        : operationNotImplemented(service, name);
    }
    return route;
  }
  const name = calledName(exchange, body);
  const operation = name === undefined ? undefined : model.operations.get(name);
  if (operation === undefined) {
    throw unknownOperation(service, protocol, name);
  }
  return { operation, labels: noLabels };
}

/** The name by which a request that is not REST calls its operation. */
export function calledName({ operationName, protocol, head }: Identified, body: Uint8Array): string | undefined {
  if (protocol !== "awsQuery" && protocol !== "ec2Query") {
    return operationName;
  }
  return readAction(body.length === 0 ? head.query : Buffer.from(body).toString("latin1")).action;
}

/** Whether the operation is told by method, path and query. */
export function isRest({ protocol }: Identified): boolean {
  return protocol === "restJson1" || protocol === "restXml";
}
