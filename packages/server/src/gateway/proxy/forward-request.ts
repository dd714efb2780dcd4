import { request as send, type IncomingMessage, type ServerResponse } from "node:http";
import { pipeline } from "node:stream/promises";
import { guardedLookup, isForbiddenAddress } from "./forbidden-addresses.ts";
import type { ProxyDeps } from "./proxy-deps.ts";
import { goesDirect, proxyCredentials, type UpstreamProxy } from "./upstream-proxy.ts";

/** Headers that belong to one connection and are not passed on (RFC 9110 §7.6.1), with the ones that proxies add. */
const hopByHop = new Set([
  "connection",
  "keep-alive",
  "proxy-authenticate",
  "proxy-authorization",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
]);

/** How long the other side may be silent. */
const silenceMs = 120_000;

/** Passes a plain request with an absolute address on to a host that is not AWS's, as `HTTP_PROXY` asks. */
export async function forwardRequest(
  target: URL,
  incoming: IncomingMessage,
  response: ServerResponse,
  deps: ProxyDeps,
): Promise<void> {
  const refusal = refusalOf(target, incoming, deps);
  if (refusal !== undefined) {
    const challenge = refusal.status === 407 ? { "proxy-authenticate": 'Basic realm="Clary"' } : {};
    response.writeHead(refusal.status, { ...challenge, "content-type": "text/plain" }).end(`${refusal.message}\n`);
    return;
  }
  try {
    await exchange(target, incoming, response, deps.upstream);
  } catch (error) {
    if (response.headersSent) {
      response.destroy();
      return;
    }
    const { code, message } = error as NodeJS.ErrnoException;
    const status = code === "EACCES" ? 403 : 502;
    response
      .writeHead(status, { "content-type": "text/plain" })
      .end(`cannot reach ${target.host}: ${code ?? message}\n`);
  }
}

function refusalOf(
  target: URL,
  incoming: IncomingMessage,
  deps: ProxyDeps,
): { readonly status: number; readonly message: string } | undefined {
  if (!deps.tunnels) {
    return { status: 403, message: "Other hosts are reached only on servers that listen on a loopback address." };
  }
  if (!deps.tokens.accepts(incoming.headers["proxy-authorization"])) {
    return { status: 407, message: "This proxy serves programs started by `clary exec` or `clary env`." };
  }
  if (isForbiddenAddress(bareHost(target))) {
    return { status: 403, message: `${target.hostname} is a link-local address` };
  }
  return undefined;
}

async function exchange(
  target: URL,
  incoming: IncomingMessage,
  response: ServerResponse,
  upstream: UpstreamProxy | undefined,
): Promise<void> {
  const host = bareHost(target);
  const port = target.port === "" ? 80 : Number(target.port);
  const proxy = upstream === undefined || goesDirect(upstream.noProxy, { host, port }) ? undefined : upstream.http;
  const credentials = proxy === undefined ? undefined : proxyCredentials(proxy);
  const call = send({
    host: proxy === undefined ? host : bareHost(proxy),
    port: proxy === undefined ? port : Number(proxy.port === "" ? 80 : proxy.port),
    path: proxy === undefined ? `${target.pathname}${target.search}` : target.href,
    method: incoming.method,
    headers: {
      ...passedOn(incoming.headers),
      host: target.host,
      ...(credentials === undefined ? {} : { "proxy-authorization": credentials }),
    },
    agent: false,
    lookup: guardedLookup,
    timeout: silenceMs,
  });
  call.on("timeout", () => call.destroy(new Error("timed out")));
  const answered = new Promise<IncomingMessage>((resolve, reject) =>
    call.once("response", resolve).once("error", reject),
  );
  await Promise.all([
    pipeline(incoming, call),
    answered.then(async (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.statusMessage, passedOn(answer.headers));
      await pipeline(answer, response);
    }),
  ]);
}

function passedOn(headers: IncomingMessage["headers"]): IncomingMessage["headers"] {
  const named = new Set((headers.connection ?? "").split(",").map((name) => name.trim().toLowerCase()));
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !hopByHop.has(name) && !named.has(name)));
}

function bareHost({ hostname }: URL): string {
  return hostname.replace(/^\[(.*)\]$/, "$1");
}
