import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import type { Clock } from "../platform/clock/clock.ts";
import type { Gateway } from "./gateway.ts";

export interface ListenOptions {
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  readonly clock: Clock;
  /** How long requests that are being answered may take to finish when the listener closes. Default 10 s. */
  readonly graceMs?: number;
}

export interface Listener {
  readonly port: number;
  /** Stops accepting, lets requests finish within the grace, then cuts what is left. */
  close(): Promise<void>;
}

/** Bounds on connections. Bodies have their own, where they are read. */
const limits = {
  /** A presigned address with a session token, and 2 KiB of user metadata, several times over. */
  maxHeaderSize: 32 * 1024,
  /** Connections whose head does not come; checked every `connectionsCheckingInterval`. */
  headersTimeout: 20_000,
  connectionsCheckingInterval: 5_000,
  /** Longer than clients keep theirs (60 s in urllib3's and the JavaScript SDK's pools), so that they close first. */
  keepAliveTimeout: 75_000,
  /** Uploads of gigabytes take long; silence is bounded where a body is read. */
  requestTimeout: 0,
  noDelay: true,
} as const;

const mostConnections = 10_000;

/**
 * Listens on one port for everything.
 * @throws Error with `code` `EADDRINUSE` or `EACCES` when the port cannot be had.
 */
export async function listen(gateway: Gateway, options: ListenOptions): Promise<Listener> {
  const server = createServer(limits);
  server.maxHeadersCount = 0;
  server.maxConnections = mostConnections;
  const answer = async (request: IncomingMessage, response: ServerResponse, awaitsContinue: boolean): Promise<void> => {
    await gateway.handler(request, response, { awaitsContinue });
    if (!server.listening) {
      // The listener was closed in the meantime: the connection is idle as soon as this turn is over.
      setImmediate(() => server.closeIdleConnections());
    }
  };
  server.on("request", (request: IncomingMessage, response: ServerResponse) => void answer(request, response, false));
  server.on("checkContinue", (request: IncomingMessage, response: ServerResponse) => {
    void answer(request, response, true);
  });
  server.on("connect", (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    void gateway.connect({ request, socket, head }, (connection) => server.emit("connection", connection));
  });
  server.on("clientError", answerUnreadable);
  server.listen({ host: options.host, port: options.port, backlog: 1024 });
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    close: () => close(server, gateway, options),
  };
}

/** What cannot be read as HTTP gets a bare answer; there is no request to answer in a service's form. */
function answerUnreadable(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (error.code === "ECONNRESET" || !socket.writable) {
    socket.destroy();
    return;
  }
  const status =
    error.code === "HPE_HEADER_OVERFLOW"
      ? "431 Request Header Fields Too Large"
      : error.code === "ERR_HTTP_REQUEST_TIMEOUT"
        ? "408 Request Timeout"
        : "400 Bad Request";
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

/** Lets what is being answered finish. Tunnels to other hosts are cut at once: they would never end by themselves. */
async function close(server: Server, gateway: Gateway, { clock, graceMs = 10_000 }: ListenOptions): Promise<void> {
  const closed = once(server, "close");
  server.close();
  server.closeIdleConnections();
  gateway.cutTunnels();
  const cut = clock.schedule(graceMs, () => {
    gateway.stop();
    server.closeAllConnections();
  });
  await closed;
  cut.cancel();
  gateway.stop();
}
