import { incomingBody } from "../body/incoming-body.ts";
import { cancellation } from "../cancellation.ts";
import type { GatewayDeps } from "../deps.ts";
import { requestTooLarge } from "../errors.ts";
import type { HostReader } from "../host/host-name.ts";
import type { RequestHead } from "../request-head.ts";
import { respond } from "../respond.ts";
import type { Exchange } from "../service-answers.ts";
import { localRouter } from "./local-router.ts";

const bodyLimit = { bytes: 1024 * 1024, tooLarge: requestTooLarge };
const bodyTimes = { collectMs: 30_000, silenceMs: 30_000 };

/** Answers requests to our own addresses. */
export interface LocalAnswers {
  owns(head: RequestHead): boolean;
  answer(exchange: Exchange): Promise<void>;
}

export function localAnswers(deps: GatewayDeps, readHost: HostReader, stopping: AbortSignal): LocalAnswers {
  const hosts = "hosts" in deps ? deps.hosts : [];
  const router = localRouter(deps.routes, hosts);

  return {
    owns(head) {
      return router.owns(head) && Object.keys(readHost(head.headers["host"] ?? "")).length === 0;
    },
    async answer({ head, request, response, awaitsContinue }) {
      const body = incomingBody({
        incoming: request,
        awaitsContinue: awaitsContinue ? response : undefined,
        clock: deps.clock,
        times: bodyTimes,
      });
      const answer = await router.answer({
        ...head,
        sourceIp: request.socket.remoteAddress ?? "",
        cancellation: cancellation(response, stopping),
        body: () => body.collect(bodyLimit),
      });
      const headers = { "content-type": answer.contentType, "cache-control": "no-store" };
      await respond(request, response, { status: answer.status, headers, body: answer.body });
    },
  };
}
