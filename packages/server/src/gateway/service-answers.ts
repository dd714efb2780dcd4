import type { IncomingMessage, ServerResponse } from "node:http";
import type { WireResponse } from "@clary/wire";
import { incomingBody, type BodyTimes } from "./body/incoming-body.ts";
import { cancellation } from "./cancellation.ts";
import type { Outcome } from "./chain.ts";
import type { GatewayDeps } from "./deps.ts";
import type { Incoming, Reached, Serialised } from "./exchange.ts";
import type { HostReader } from "./host/host-name.ts";
import { errorRenderer, type RenderedError } from "./render-error.ts";
import { requestChain } from "./request-chain.ts";
import type { RequestHead } from "./request-head.ts";
import { respond } from "./respond.ts";

/** A request on its connection. */
export interface Exchange {
  readonly head: RequestHead;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** The client waits for leave to send its body. */
  readonly awaitsContinue: boolean;
}

const bodyTimes: BodyTimes = { collectMs: 120_000, silenceMs: 60_000 };

/** Status in the log for a client that went away before it was answered (nginx's convention). */
const clientGone = 499;

/** Answers requests to services: runs the chain, sends what came of it, counts it and writes it down. */
export function serviceAnswers(
  deps: GatewayDeps,
  readHost: HostReader,
  stopping: AbortSignal,
): (exchange: Exchange) => Promise<void> {
  const requests = requestChain(deps, readHost);
  const renderError = errorRenderer(deps.models, deps.log);

  return async (exchange) => {
    const started = performance.now();
    const end = deps.metrics.begin();
    const outcome = await requests.run(receive(exchange, deps, stopping));
    const rendered = outcome.done ? answered(outcome.exchange) : await renderError(outcome.error, outcome.exchange);
    const gone = exchange.response.destroyed;
    addHeaders(rendered.answer, outcome.exchange);
    const responseBytes = await respond(exchange.request, exchange.response, rendered.answer);
    end();
    const status = gone ? clientGone : rendered.answer.status;
    note(deps, { outcome, rendered, status, responseBytes, durationMs: performance.now() - started });
  };
}

function receive(
  { head, request, response, awaitsContinue }: Exchange,
  deps: GatewayDeps,
  stopping: AbortSignal,
): Incoming {
  const { socket } = request;
  return {
    head,
    body: incomingBody({
      incoming: request,
      awaitsContinue: awaitsContinue ? response : undefined,
      clock: deps.clock,
      times: bodyTimes,
    }),
    secure: "encrypted" in socket,
    sourceIp: (socket.remoteAddress ?? "").replace(/^::ffff:/, ""),
    cancellation: cancellation(response, stopping),
  };
}

function answered({ answer }: Serialised): Partial<RenderedError> & Pick<RenderedError, "answer"> {
  return { answer };
}

/** The headers that every answer of AWS has, beside `Date`, which Node writes. */
function addHeaders({ headers }: WireResponse, { requestId = "", service }: Reached): void {
  headers["server"] = "Clary";
  if (service?.id === "s3") {
    // S3's second id; support at AWS asks for both, and some clients print them.
    headers["x-amz-id-2"] = Buffer.from(`${requestId}/${requestId}`).toString("base64");
  }
}

/**
 * The operation of a request that was refused before it was looked up. Only names from the models: what a client makes up
 * would grow the metrics without bound.
 */
function claimedOperation({ service, operationName }: Reached): string | undefined {
  return operationName !== undefined && service?.operations.includes(operationName) === true
    ? operationName
    : undefined;
}

interface Ended {
  readonly outcome: Outcome<Serialised>;
  readonly rendered: Partial<RenderedError>;
  readonly status: number;
  readonly responseBytes: number | undefined;
  readonly durationMs: number;
}

function note(
  { metrics, accessLog }: GatewayDeps,
  { outcome, rendered, status, responseBytes, durationMs }: Ended,
): void {
  const reached: Reached = outcome.exchange;
  const service = reached.service?.id;
  const operation = reached.operation?.name ?? claimedOperation(reached);
  metrics.observe({
    service: service ?? "unknown",
    operation: operation ?? "unknown",
    status,
    seconds: durationMs / 1000,
  });
  accessLog.write({
    requestId: reached.requestId ?? "",
    service,
    operation,
    status,
    error: rendered.code,
    durationMs: Math.round(durationMs * 1000) / 1000,
    requestBytes: reached.body.declaredLength,
    responseBytes,
    caller: reached.caller?.arn,
  });
}
