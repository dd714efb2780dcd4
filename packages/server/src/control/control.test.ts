import { describe, expect, it } from "vitest";
import type { LocalRequest } from "../gateway/local/local-route.ts";
import { createProxyTokens } from "../gateway/proxy/proxy-tokens.ts";
import { CredentialTokens } from "./credential-tokens.ts";
import { Holds } from "./holds.ts";
import { controlRoutes, type ControlDeps } from "./routes.ts";

const key = Buffer.alloc(32, 7);
const credentials = { AccessKeyId: "ASIA", SecretAccessKey: "s", Token: "t", Expiration: "2026-01-01T00:00:00.000Z" };

function deps(change: Partial<ControlDeps> = {}): ControlDeps {
  return {
    access: { token: "secret", open: false },
    principals: { credentials: (principal) => (principal === "nobody" ? undefined : credentials) },
    credentialTokens: new CredentialTokens(key),
    proxyTokens: createProxyTokens(key),
    newProgramName: () => "clary-1",
    status: () => ({ pid: 1 }),
    clientFiles: async () => ({ caBundle: "/ca", emptyFile: "/empty" }),
    region: "us-east-1",
    stop: () => undefined,
    holds: new Holds(() => undefined),
    ...change,
  };
}

async function call(
  from: ControlDeps,
  path: string,
  headers: Record<string, string> = {},
  body = "",
): Promise<{ status: number; body: unknown }> {
  const route = controlRoutes(from).find((each) => each.path === `/_clary/${path}`);
  const request: LocalRequest = {
    method: route?.method ?? "GET",
    path: `/_clary/${path}`,
    query: "",
    headers: { host: "127.0.0.1:4747", ...headers },
    sourceIp: "127.0.0.1",
    cancellation: { signal: new AbortController().signal },
    body: async () => Buffer.from(body),
  };
  const answer = await route?.handle(request);
  return { status: answer?.status ?? 0, body: JSON.parse(String(answer?.body)) };
}

const bearer = { authorization: "Bearer secret" };

describe("control routes", () => {
  it("answer only to the token of the data directory", async () => {
    expect((await call(deps(), "status")).status).toBe(403);
    expect((await call(deps(), "status", { authorization: "Bearer wrong!" })).status).toBe(403);
    expect(await call(deps(), "status", bearer)).toEqual({ status: 200, body: { pid: 1 } });
  });

  it("need no token on an ephemeral server, but never answer a page in a browser", async () => {
    const open = deps({ access: { token: "secret", open: true } });
    expect((await call(open, "status")).status).toBe(200);
    expect((await call(open, "status", { origin: "https://evil.example" })).status).toBe(403);
    expect((await call(open, "status", { host: "rebound.example:4747" })).status).toBe(403);
  });

  it("reset only what keeps nothing", async () => {
    expect(await call(deps(), "reset", bearer)).toMatchObject({ status: 409 });
    let resets = 0;
    expect((await call(deps({ reset: async () => void resets++ }), "reset", bearer)).status).toBe(200);
    expect(resets).toBe(1);
  });

  it("open a session whose token fetches the principal's credentials", async () => {
    const { status, body } = await call(deps(), "exec", bearer, JSON.stringify({ as: "role" }));
    expect(status).toBe(200);
    const { credentialsToken } = body as { credentialsToken: string };
    expect(await call(deps(), "credentials", { authorization: credentialsToken })).toEqual({
      status: 200,
      body: credentials,
    });
    expect((await call(deps(), "credentials", { authorization: `${credentialsToken}x` })).status).toBe(403);
    expect((await call(deps(), "credentials")).status).toBe(403);
  });

  it("open no session for somebody who does not exist", async () => {
    const answer = await call(deps(), "exec", bearer, JSON.stringify({ as: "nobody" }));
    expect(answer).toEqual({
      status: 404,
      body: { message: "There is no user nobody in this account; --as takes role, root or a user's name." },
    });
  });

  it.each(["{", "[]", '{"as":5}'])("refuse a body that is no request: %s", async (body) => {
    expect(await call(deps(), "exec", bearer, body)).toEqual({
      status: 400,
      body: { message: 'The body must be a JSON object such as {"as": "role"}.' },
    });
  });
});
