import type { IncomingMessage, ServerResponse } from "node:http";
import type { TLSSocket } from "node:tls";
import type { GatewayDeps } from "./deps.ts";
import { hostReader } from "./host/host-name.ts";
import { localAnswers } from "./local/local-answers.ts";
import { createConnectProxy, type ConnectRequest } from "./proxy/connect.ts";
import { foreignTarget } from "./proxy/foreign-target.ts";
import { forwardRequest } from "./proxy/forward-request.ts";
import { readHead } from "./request-head.ts";
import { serviceAnswers, type Exchange } from "./service-answers.ts";

/** Everything that answers on the server's one port. */
export interface Gateway {
  /** Resolves when the request has its answer; never fails. */
  handler(request: IncomingMessage, response: ServerResponse, options?: HandlerOptions): Promise<void>;
  /** Answers CONNECT. @param serve Takes a secured connection whose requests come back to `handler`. */
  connect(incoming: ConnectRequest, serve: (connection: TLSSocket) => void): Promise<void>;
  /** Ends the connections to other hosts that run through us. */
  cutTunnels(): void;
  /** Aborts the signals of running requests. */
  stop(): void;
}

export interface HandlerOptions {
  /** The request came with `Expect: 100-continue` and waits for the answer to that. */
  readonly awaitsContinue?: boolean;
}

export function createGateway(deps: GatewayDeps): Gateway {
  const stopping = new AbortController();
  const readHost = hostReader(deps.models.index);
  const local = localAnswers(deps, readHost, stopping.signal);
  const answerForService = serviceAnswers(deps, readHost, stopping.signal);
  const proxy = createConnectProxy(deps.proxy);

  async function answer(exchange: Exchange): Promise<void> {
    const { head, request, response } = exchange;
    const target = foreignTarget(request);
    if (target !== undefined) {
      await forwardRequest(target, request, response, deps.proxy);
    } else if (local.owns(head)) {
      await local.answer(exchange);
    } else {
      await answerForService(exchange);
    }
  }

  return {
    async handler(request, response, { awaitsContinue = false } = {}) {
      try {
        await answer({ head: readHead(request), request, response, awaitsContinue });
      } catch (error) {
        // Not even an error could be rendered.
        deps.log.error({ err: error }, "request could not be answered");
        response.destroy();
      }
    },
    connect: (incoming, serve) => proxy.connect(incoming, serve),
    cutTunnels: () => proxy.close(),
    stop: () => stopping.abort(),
  };
}
