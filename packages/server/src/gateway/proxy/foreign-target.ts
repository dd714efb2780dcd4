import type { IncomingMessage } from "node:http";
import { isAwsHost } from "./aws-host.ts";

/**
 * The address of a plain request that a client sent to us as its proxy, when it is neither AWS's nor our own; undefined
 * for all requests that we answer ourselves.
 */
export function foreignTarget({ url = "/", socket }: IncomingMessage): URL | undefined {
  if (url.startsWith("/") || !/^http:\/\//i.test(url) || !URL.canParse(url)) {
    return undefined;
  }
  const target = new URL(url);
  const port = target.port === "" ? 80 : Number(target.port);
  const own =
    port === socket.localPort && /^(?:localhost|.*\.localhost|127(?:\.\d+){3}|\[::1\])$/.test(target.hostname);
  return own || isAwsHost(target.hostname) ? undefined : target;
}
