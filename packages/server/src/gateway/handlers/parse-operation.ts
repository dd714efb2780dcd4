import { parseInput, type WireRequest } from "@clary/wire";
import type { Handler } from "../chain.ts";
import type { Called, Input } from "../exchange.ts";

/** Reads the operation's input out of the request, in the request's protocol. */
export const parseOperation: Handler<Called, Input> = async (exchange) => {
  const { operation, protocol, labels } = exchange;
  return { input: parseInput(operation, protocol, await readRequest(exchange), labels) };
};

async function readRequest({ head, routedPath, signedBody, operation }: Called): Promise<WireRequest> {
  const { streamsInput } = operation;
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
