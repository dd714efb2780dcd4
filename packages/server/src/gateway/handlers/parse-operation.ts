import { parseInput, type OperationModel, type WireRequest } from "@clary/wire";
import type { Service } from "../../services/operation.ts";
import type { Handler } from "../chain.ts";
import { operationNotImplemented } from "../errors.ts";
import type { Authenticated, Parsed } from "../exchange.ts";
import { findOperation } from "../operation/find-operation.ts";
import type { ServiceModels } from "../service-models.ts";

export interface ParseDeps {
  readonly models: ServiceModels;
  /** By id. */
  readonly services: ReadonlyMap<string, Service>;
}

const nothing = new Uint8Array();

/** Finds the operation in the service's model and reads its input. What AWS has and we have not answers 501 with its name. */
export function parseOperation({ models, services }: ParseDeps): Handler<Authenticated, Parsed> {
  return async (exchange) => {
    const { service, protocol, signedBody } = exchange;
    const model = await models.load(service.id);
    // Bodies of REST requests wait: whether one is collected or streamed depends on the operation.
    const isRest = protocol === "restJson1" || protocol === "restXml";
    const { operation, labels } = findOperation(exchange, model, isRest ? nothing : await signedBody.bytes());
    const boundService = services.get(service.id);
    const boundOperation = boundService?.operations.get(operation.name);
    if (boundService === undefined || boundOperation === undefined) {
      throw operationNotImplemented(service, operation.name);
    }
    const input = parseInput(operation, protocol, await readRequest(exchange, operation), labels);
    return { ...exchange, operation, boundService, boundOperation, input };
  };
}

async function readRequest(exchange: Authenticated, { streamsInput }: OperationModel): Promise<WireRequest> {
  const { head, routedPath, signedBody } = exchange;
  return {
    method: head.method,
    path: routedPath,
    query: head.query,
    headers: streamsInput ? withLength(head.headers, signedBody.decodedLength) : head.headers,
    body: await (streamsInput ? signedBody.stream() : signedBody.bytes()),
  };
}

/** To operations a body has the length it has without the framing it travelled in. */
function withLength(
  headers: Readonly<Record<string, string>>,
  length: number | undefined,
): Readonly<Record<string, string>> {
  if (headers["content-length"] === (length === undefined ? undefined : String(length))) {
    return headers;
  }
  const changed: Record<string, string> = { ...headers };
  delete changed["content-length"];
  if (length !== undefined) {
    changed["content-length"] = String(length);
  }
  return changed;
}
