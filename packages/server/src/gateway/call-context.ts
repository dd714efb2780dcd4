import type { CallContext } from "../services/operation.ts";
import type { Authenticated } from "./exchange.ts";

/** What operations and policies may know of a request. */
export function callContext(exchange: Authenticated): CallContext {
  const { requestId, now, caller, region, head, secure, sourceIp, cancellation } = exchange;
  return {
    requestId,
    scope: { account: caller.account, region },
    caller,
    now,
    userAgent: head.headers["user-agent"] ?? "",
    sourceIp,
    origin: `${secure ? "https" : "http"}://${head.headers["host"] ?? "localhost"}`,
    get signal() {
      return cancellation.signal;
    },
  };
}
