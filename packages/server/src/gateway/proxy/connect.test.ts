import { once } from "node:events";
import { createServer, request, type IncomingMessage } from "node:http";
import { createServer as createTcpServer, type AddressInfo, type Server, type Socket } from "node:net";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { connect as connectTls } from "node:tls";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { type CertificateAuthority, createCertificateAuthority } from "./certificate-authority.ts";
import { createConnectProxy } from "./connect.ts";
import type { ProxyDeps } from "./proxy-deps.ts";
import { createProxyTokens } from "./proxy-tokens.ts";

const tokens = createProxyTokens(Buffer.alloc(32, 1));
const token = tokens.issue("test");
const authorization = `Basic ${Buffer.from(`${token.username}:${token.password}`).toString("base64")}`;
const opened: { close(): unknown }[] = [];
let authority: CertificateAuthority;

beforeAll(async () => {
  authority = await createCertificateAuthority({
    directory: await mkdtemp(join(tmpdir(), "clary-connect-")),
    clock: { now: () => new Date(), schedule: () => ({ cancel: () => undefined }) },
  });
});

afterEach(() => {
  for (const closable of opened.splice(0)) {
    closable.close();
  }
});

async function portOf(server: Server): Promise<number> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  opened.push(server);
  return (server.address() as AddressInfo).port;
}

/** A proxy whose own requests answer with what they saw. */
async function startProxy(changes: Partial<ProxyDeps> = {}): Promise<number> {
  const proxy = createConnectProxy({ authority: async () => authority, tokens, tunnels: true, ...changes });
  const server = createServer((incoming, response) => {
    response.end(`${incoming.headers.host} ${"encrypted" in incoming.socket}`);
  });
  server.on("connect", (incoming: IncomingMessage, socket: Socket, head: Buffer) => {
    void proxy.connect({ request: incoming, socket, head }, (connection) => server.emit("connection", connection));
  });
  opened.push(proxy);
  return portOf(server);
}

async function startEcho(): Promise<number> {
  return portOf(createTcpServer((socket) => socket.on("error", () => undefined).pipe(socket)));
}

interface Answer {
  readonly status: number;
  readonly socket: Socket;
  readonly challenge: string | undefined;
  readonly body: string;
}

async function connectVia(proxyPort: number, path: string, headers: Record<string, string> = {}): Promise<Answer> {
  const call = request({ host: "127.0.0.1", port: proxyPort, method: "CONNECT", path, headers, agent: false });
  call.end();
  const [response, socket, head] = (await once(call, "connect")) as [IncomingMessage, Socket, Buffer];
  opened.push({ close: () => socket.destroy() });
  const status = response.statusCode ?? 0;
  return {
    status,
    socket,
    challenge: response.headers["proxy-authenticate"],
    body: status === 200 ? "" : `${head.toString()}${await text(socket)}`,
  };
}

async function echoed(socket: Socket): Promise<string> {
  socket.write("ping");
  const [data] = (await once(socket, "data")) as [Buffer];
  return data.toString();
}

describe("CONNECT", () => {
  it("answers hosts of AWS itself, under their name, without a token", async () => {
    const { status, socket } = await connectVia(await startProxy(), "sts.us-east-1.amazonaws.com:443");
    expect(status).toBe(200);
    const secured = connectTls({ socket, servername: "sts.us-east-1.amazonaws.com", ca: authority.caCertificatePem });

    secured.write("GET / HTTP/1.1\r\nHost: sts.us-east-1.amazonaws.com\r\nConnection: close\r\n\r\n");

    expect(await text(secured)).toMatch(/\r\n\r\n.*sts\.us-east-1\.amazonaws\.com true/s);
  });

  it("tunnels other hosts for holders of a token", async () => {
    const { status, socket } = await connectVia(await startProxy(), `127.0.0.1:${await startEcho()}`, {
      "proxy-authorization": authorization,
    });

    expect(status).toBe(200);
    expect(await echoed(socket)).toBe("ping");
  });

  it("challenges everybody else", async () => {
    const answer = await connectVia(await startProxy(), `127.0.0.1:${await startEcho()}`);

    expect(answer).toMatchObject({ status: 407, challenge: 'Basic realm="Clary"' });
  });

  it("has no tunnels on a server that others can reach", async () => {
    const port = await startProxy({ tunnels: false });

    const answer = await connectVia(port, "packages.example:443", { "proxy-authorization": authorization });

    expect(answer).toMatchObject({
      status: 403,
      body: "Tunnels exist only on servers that listen on a loopback address.\n",
    });
  });

  it.each([
    ["169.254.169.254:80", 403, "169.254.169.254 is a link-local address\n"],
    ["nowhere", 400, "CONNECT wants host:port.\n"],
    ["127.0.0.1:1", 502, "cannot connect to 127.0.0.1:1: ECONNREFUSED\n"],
  ])("refuses %s with %i", async (path, status, body) => {
    const answer = await connectVia(await startProxy(), path, { "proxy-authorization": authorization });

    expect(answer).toMatchObject({ status, body });
  });

  it("goes through the proxy that was set before, with its credentials, except where NO_PROXY says otherwise", async () => {
    const echoPort = await startEcho();
    const upstreamPort = await startProxy();
    const http = new URL(`http://${token.username}:${token.password}@127.0.0.1:${upstreamPort}`);
    const port = await startProxy({ upstream: { https: http, noProxy: [] } });
    const strangerPort = await startProxy({
      upstream: { https: new URL(`http://127.0.0.1:1`), noProxy: ["127.0.0.1"] },
    });

    const through = await connectVia(port, `127.0.0.1:${echoPort}`, { "proxy-authorization": authorization });
    const direct = await connectVia(strangerPort, `127.0.0.1:${echoPort}`, { "proxy-authorization": authorization });

    expect(await echoed(through.socket)).toBe("ping");
    expect(await echoed(direct.socket)).toBe("ping");
  });

  it("says why the proxy that was set before did not connect", async () => {
    const upstream = { https: new URL(`http://127.0.0.1:${await startProxy()}`), noProxy: [] };
    const port = await startProxy({ upstream });

    const answer = await connectVia(port, "packages.example:443", { "proxy-authorization": authorization });

    expect(answer.status).toBe(502);
    expect(answer.body).toBe(`cannot connect to packages.example:443: the proxy ${upstream.https.host} answered 407\n`);
  });
});
