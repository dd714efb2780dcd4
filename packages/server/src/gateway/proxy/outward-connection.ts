import { once } from "node:events";
import { request } from "node:http";
import { request as secureRequest } from "node:https";
import { connect, type Socket } from "node:net";
import type { Duplex } from "node:stream";
import { guardedLookup, isForbiddenAddress } from "./forbidden-addresses.ts";
import type { Destination } from "./destination.ts";
import { goesDirect, proxyCredentials, type UpstreamProxy } from "./upstream-proxy.ts";

/** How long a destination may take to accept a connection. */
const connectTimeoutMs = 30_000;

/** The proxy will not, or could not, connect there. */
export class OutwardConnectionError extends Error {
  /** HTTP status for the client of the proxy. */
  readonly status: 403 | 502;

  constructor(status: 403 | 502, message: string, cause?: unknown) {
    super(message, { cause });
    this.status = status;
  }
}

/**
 * Opens a connection to a host that is not AWS's, through the proxy that was set before ours unless its `NO_PROXY` names
 * the host.
 * @throws OutwardConnectionError
 */
export async function connectOutward(to: Destination, upstream: UpstreamProxy | undefined): Promise<Duplex> {
  if (isForbiddenAddress(to.host)) {
    throw new OutwardConnectionError(403, `${to.host} is a link-local address`);
  }
  const proxy = upstream === undefined || goesDirect(upstream.noProxy, to) ? undefined : upstream.https;
  try {
    return proxy === undefined ? await connectDirectly(to) : await connectThrough(proxy, to);
  } catch (error) {
    throw asOutwardError(to, error);
  }
}

async function connectDirectly({ host, port }: Destination): Promise<Socket> {
  const socket = connect({ host, port, lookup: guardedLookup, keepAlive: true, noDelay: true });
  const timeout = setTimeout(() => socket.destroy(new Error("timed out")), connectTimeoutMs);
  try {
    await once(socket, "connect");
    return socket;
  } catch (error) {
    socket.destroy();
    throw error;
  } finally {
    clearTimeout(timeout);
  }
}

async function connectThrough(proxy: URL, { host, port }: Destination): Promise<Duplex> {
  const authority = `${host.includes(":") ? `[${host}]` : host}:${port}`;
  const credentials = proxyCredentials(proxy);
  const send = proxy.protocol === "https:" ? secureRequest : request;
  const call = send({
    host: proxy.hostname.replace(/^\[(.*)\]$/, "$1"),
    port: proxy.port === "" ? (proxy.protocol === "https:" ? 443 : 80) : Number(proxy.port),
    method: "CONNECT",
    path: authority,
    headers: { host: authority, ...(credentials === undefined ? {} : { "proxy-authorization": credentials }) },
    signal: AbortSignal.timeout(connectTimeoutMs),
    agent: false,
  });
  call.end();
  const [response, socket, head] = (await once(call, "connect")) as [{ statusCode: number }, Duplex, Buffer];
  if (response.statusCode !== 200) {
    socket.destroy();
    throw new Error(`the proxy ${proxy.host} answered ${response.statusCode}`);
  }
  socket.unshift(head);
  return socket;
}

function asOutwardError({ host, port }: Destination, error: unknown): OutwardConnectionError {
  const { code, message } = error as NodeJS.ErrnoException;
  const status = code === "EACCES" ? 403 : 502;
  return new OutwardConnectionError(status, `cannot connect to ${host}:${port}: ${code ?? message}`, error);
}
