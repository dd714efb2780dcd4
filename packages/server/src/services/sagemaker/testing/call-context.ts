import type { CallContext } from "../../operation.ts";

/** A call as the gateway would describe it, for unit tests. */
export function callContext(changes: Partial<CallContext> = {}): CallContext {
  const account = "123456789012";
  return {
    requestId: "request-1",
    scope: { account, region: "us-east-1" },
    caller: { type: "root", account, arn: `arn:aws:iam::${account}:root`, userId: account },
    now: new Date("2026-01-02T03:04:05.678Z"),
    userAgent: "aws-cli/2.9",
    sourceIp: "127.0.0.1",
    origin: "http://127.0.0.1:4566",
    signal: new AbortController().signal,
    ...changes,
  };
}
