import type { Protocol } from "@clary/wire";
import type { RequestHead } from "../request-head.ts";

/** A request whose head names its operation: by `X-Amz-Target`, or by the path of rpcv2Cbor. */
export interface NamedOperation {
  /** First half of the target; also the service's name in the path. */
  readonly targetPrefix: string;
  readonly operation: string;
  readonly protocol: Protocol;
}

const rpcPath = /^\/service\/([^/]+)\/operation\/([^/]+)$/;

/** Undefined for requests of the other protocols. */
export function readNamedOperation({ path, headers }: RequestHead): NamedOperation | undefined {
  const target = headers["x-amz-target"];
  if (target !== undefined) {
    const dot = target.lastIndexOf(".");
    return {
      targetPrefix: target.slice(0, Math.max(dot, 0)),
      operation: target.slice(dot + 1),
      protocol: headers["content-type"]?.includes("json-1.0") === true ? "awsJson1_0" : "awsJson1_1",
    };
  }
  if (headers["smithy-protocol"] === "rpc-v2-cbor") {
    const [, targetPrefix = "", operation = ""] = rpcPath.exec(path) ?? [];
    return { targetPrefix, operation, protocol: "rpcv2Cbor" };
  }
  return undefined;
}
