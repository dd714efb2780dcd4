import { once } from "node:events";
import { createServer, request, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { afterEach, describe, expect, it } from "vitest";
import { forwardRequest } from "./forward-request.ts";
import type { ProxyDeps } from "./proxy-deps.ts";
import { createProxyTokens } from "./proxy-tokens.ts";

const tokens = createProxyTokens(Buffer.alloc(32, 1));
const token = tokens.issue("test");
const authorization = `Basic ${Buffer.from(`${token.username}:${token.password}`).toString("base64")}`;
const servers: Server[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.close();
  }
});

async function listen(server: Server): Promise<number> {
  servers.push(server.listen(0, "127.0.0.1"));
  await once(server, "listening");
  return (server.address() as AddressInfo).port;
}

/** A host that tells what reached it. */
async function startOrigin(): Promise<number> {
  return listen(
    createServer((incoming, response) => {
      const seen = { method: incoming.method, url: incoming.url, headers: incoming.headers };
      void text(incoming).then((body) =>
        response.writeHead(201, { "x-origin": "1" }).end(JSON.stringify({ ...seen, body })),
      );
    }),
  );
}

async function startProxy(changes: Partial<ProxyDeps> = {}): Promise<number> {
  const deps: ProxyDeps = { authority: () => Promise.reject(new Error("unused")), tokens, tunnels: true, ...changes };
  return listen(
    createServer((incoming, response) => {
      void forwardRequest(new URL(incoming.url ?? ""), incoming, response, deps);
    }),
  );
}

async function send(
  port: number,
  path: string,
  headers: Record<string, string>,
): Promise<{ status?: number; body: string }> {
  const call = request({ host: "127.0.0.1", port, path, method: "POST", headers, agent: false });
  call.end("hello");
  const [response] = (await once(call, "response")) as [IncomingMessage];
  return { ...(response.statusCode === undefined ? {} : { status: response.statusCode }), body: await text(response) };
}

describe("forwardRequest", () => {
  it("passes method, path, body and end-to-end headers on, and nothing of the proxy's", async () => {
    const target = `127.0.0.1:${await startOrigin()}`;

    const answer = await send(await startProxy(), `http://${target}/a?b=c`, {
      "proxy-authorization": authorization,
      "x-kept": "yes",
      "x-mine": "no",
      connection: "x-mine",
    });

    const seen = JSON.parse(answer.body) as { url: string; body: string; headers: Record<string, string> };
    expect(answer.status).toBe(201);
    expect(seen).toMatchObject({
      method: "POST",
      url: "/a?b=c",
      body: "hello",
      headers: { host: target, "x-kept": "yes" },
    });
    expect(Object.keys(seen.headers)).not.toContain("proxy-authorization");
    expect(Object.keys(seen.headers)).not.toContain("x-mine");
  });

  const holder = { "proxy-authorization": authorization };
  const refused: {
    why: string;
    changes?: Partial<ProxyDeps>;
    headers: Record<string, string>;
    url: string;
    status: number;
  }[] = [
    { why: "without a token", headers: {}, url: "http://example.com/", status: 407 },
    { why: "on an open server", changes: { tunnels: false }, headers: holder, url: "http://example.com/", status: 403 },
    { why: "to a metadata service", headers: holder, url: "http://169.254.169.254/latest", status: 403 },
    { why: "to nobody", headers: holder, url: "http://127.0.0.1:1/", status: 502 },
  ];

  it.each(refused)("refuses $why", async ({ changes, headers, url, status }) => {
    expect(await send(await startProxy(changes), url, headers)).toMatchObject({ status });
  });
});
