import { AwsError } from "@clary/wire";
import { describe, expect, it } from "vitest";
import type { LocalRequest } from "./local-route.ts";
import { jsonResponse } from "./local-route.ts";
import { localRouter } from "./local-router.ts";

const router = localRouter(
  [
    { method: "GET", path: "/_clary/health", handle: () => jsonResponse(200, { status: "ok" }) },
    {
      method: "POST",
      path: "/_clary/reset",
      handle() {
        throw new AwsError("NotEphemeral", "This server keeps its state.", { status: 409 });
      },
    },
    { method: "GET", path: "/metrics", handle: () => ({ status: 200, contentType: "text/plain", body: "x 1\n" }) },
  ],
  [],
);

function request(method: string, path: string, headers: Record<string, string> = {}): LocalRequest {
  return {
    method,
    path,
    query: "",
    headers: { host: "127.0.0.1:8080", ...headers },
    sourceIp: "127.0.0.1",
    cancellation: { signal: new AbortController().signal },
    body: async () => Buffer.alloc(0),
  };
}

describe("localRouter", () => {
  it("owns its own addresses, and /metrics only where no bucket can be meant", () => {
    expect(router.owns(request("GET", "/_clary/anything"))).toBe(true);
    expect(router.owns(request("GET", "/metrics"))).toBe(true);
    expect(router.owns(request("GET", "/metrics", { authorization: "AWS4-HMAC-SHA256 …" }))).toBe(false);
    expect(router.owns({ ...request("GET", "/metrics"), query: "list-type=2" })).toBe(false);
    expect(router.owns(request("PUT", "/metrics"))).toBe(false);
    expect(router.owns(request("GET", "/bucket/_clary/health"))).toBe(false);
  });

  it.each([
    ["GET", "/_clary/health", 200, '{"status":"ok"}\n'],
    ["HEAD", "/_clary/health", 200, '{"status":"ok"}\n'],
    ["POST", "/_clary/health", 405, '{"message":"/_clary/health does not answer POST."}\n'],
    ["GET", "/_clary/nothing", 404, '{"message":"No such address."}\n'],
    ["POST", "/_clary/reset", 409, '{"message":"This server keeps its state."}\n'],
  ])("%s %s answers %i", async (...[method, path, status, body]) => {
    expect(await router.answer(request(method, path))).toMatchObject({ status, body });
  });

  it("refuses pages of other origins and names that are not ours", async () => {
    const foreignPage = request("POST", "/_clary/reset", { origin: "https://evil.example" });
    const rebound = request("GET", "/_clary/health", { host: "evil.example:8080" });

    expect(await router.answer(foreignPage)).toMatchObject({ status: 403 });
    expect(await router.answer(rebound)).toMatchObject({
      status: 403,
      body: '{"message":"This server is not called evil.example."}\n',
    });
    expect(
      await router.answer(request("GET", "/_clary/health", { host: "localhost:1", origin: "http://localhost:1" })),
    ).toMatchObject({ status: 200 });
  });
});
