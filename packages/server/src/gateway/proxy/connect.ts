import type { IncomingMessage } from "node:http";
import { TLSSocket } from "node:tls";
import { pipeline, type Duplex } from "node:stream";
import { isAwsHost } from "./aws-host.ts";
import { type Destination, parseDestination } from "./destination.ts";
import { connectOutward, OutwardConnectionError } from "./outward-connection.ts";
import type { ProxyDeps } from "./proxy-deps.ts";

/** A CONNECT request as `node:http` hands it over: from here on the socket is ours. */
export interface ConnectRequest {
  readonly request: IncomingMessage;
  readonly socket: Duplex;
  /** What the client sent right behind its request. */
  readonly head: Buffer;
}

export interface ConnectProxy {
  /**
   * Answers CONNECT: hosts of AWS in-process, others by a tunnel.
   * @param serve Takes a connection, already secured, whose requests are to be answered here.
   */
  connect(incoming: ConnectRequest, serve: (connection: TLSSocket) => void): Promise<void>;
  /** Cuts all tunnels. */
  close(): void;
}

export function createConnectProxy(deps: ProxyDeps): ConnectProxy {
  const tunnels = new Set<Duplex>();

  async function tunnel(to: Destination, { request, socket, head }: ConnectRequest): Promise<void> {
    if (!deps.tunnels) {
      refuse(socket, 403, "Tunnels exist only on servers that listen on a loopback address.");
      return;
    }
    if (!deps.tokens.accepts(request.headers["proxy-authorization"])) {
      refuse(socket, 407, "This proxy serves programs started by `clary exec` or `clary env`.");
      return;
    }
    const outward = await connectOutward(to, deps.upstream);
    if (socket.destroyed) {
      outward.destroy();
      return;
    }
    socket.write(established);
    outward.write(head);
    tunnels.add(socket);
    pipeline(socket, outward, socket, () => tunnels.delete(socket));
  }

  async function answer(incoming: ConnectRequest, serve: (connection: TLSSocket) => void): Promise<void> {
    const to = parseDestination(incoming.request.url ?? "");
    if (to === undefined) {
      refuse(incoming.socket, 400, "CONNECT wants host:port.");
    } else if (isAwsHost(to.host) && to.port === 443) {
      serve(await secure(to.host, incoming));
    } else {
      await tunnel(to, incoming);
    }
  }

  async function secure(host: string, { socket, head }: ConnectRequest): Promise<TLSSocket> {
    const secureContext = await (await deps.authority()).contextFor(host);
    socket.write(established);
    socket.unshift(head);
    return new TLSSocket(socket, { isServer: true, secureContext, ALPNProtocols: ["http/1.1"] });
  }

  return {
    async connect(incoming, serve) {
      incoming.socket.on("error", () => incoming.socket.destroy());
      try {
        await answer(incoming, serve);
      } catch (error) {
        const status = error instanceof OutwardConnectionError ? error.status : 502;
        refuse(incoming.socket, status, error instanceof Error ? error.message : String(error));
      }
    },
    close() {
      for (const socket of tunnels) {
        socket.destroy();
      }
    },
  };
}

const established = "HTTP/1.1 200 Connection Established\r\n\r\n";

const reasons = {
  400: "Bad Request",
  403: "Forbidden",
  407: "Proxy Authentication Required",
  502: "Bad Gateway",
} as const;

function refuse(socket: Duplex, status: keyof typeof reasons, message: string): void {
  const body = `${message}\n`;
  const challenge = status === 407 ? 'Proxy-Authenticate: Basic realm="Clary"\r\n' : "";
  const head = `HTTP/1.1 ${status} ${reasons[status]}\r\n${challenge}Content-Type: text/plain; charset=utf-8\r\n`;
  socket.end(`${head}Content-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`);
}
