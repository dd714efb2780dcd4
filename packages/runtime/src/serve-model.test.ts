import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type ModelServer, serveModel, type ServedModel } from "./serve-model.ts";

describe("serveModel", () => {
  let server: ModelServer;
  const lines: string[] = [];

  async function serve(model: Partial<ServedModel>): Promise<void> {
    server = await serveModel(
      { invoke: () => ({ status: 200, contentType: "text/csv; charset=utf-8", body: Buffer.from("1") }), ...model },
      {
        listen: { port: 0 },
        executionParameters: { MaxConcurrentTransforms: 2, BatchStrategy: "MULTI_RECORD", MaxPayloadInMB: 6 },
        maxBodyBytes: 10,
        log: (line) => lines.push(line),
      },
    );
  }
  interface Call {
    readonly method?: string;
    readonly body?: string;
    readonly headers?: Record<string, string>;
  }
  const ask = (path: string, call: Call = {}): Promise<Response> =>
    fetch(`http://127.0.0.1:${server.port}${path}`, { ...call, headers: { connection: "close", ...call.headers } });

  beforeEach(() => {
    lines.length = 0;
  });
  afterEach(() => server.close());

  it("answers pings, and what a batch transform asks first", async () => {
    await serve({});
    const ping = await ask("/ping");
    expect([ping.status, await ping.text()]).toEqual([200, ""]);
    expect(await (await ask("/execution-parameters")).json()).toEqual({
      MaxConcurrentTransforms: 2,
      BatchStrategy: "MULTI_RECORD",
      MaxPayloadInMB: 6,
    });
    expect((await ask("/other")).status).toBe(404);
    expect((await ask("/ping", { method: "POST", body: "x" })).status).toBe(404);
  });

  it("hands an invocation to the model and its answer back", async () => {
    await serve({
      invoke: ({ contentType, accept, body }) => ({
        status: 415,
        contentType: "text/plain",
        body: Buffer.from(`${contentType}|${accept}|${Buffer.from(body).toString()}`),
      }),
    });
    const headers = { "content-type": "text/csv", accept: "application/json" };
    const answer = await ask("/invocations", { method: "POST", headers, body: "1,2" });
    expect([answer.status, answer.headers.get("content-type"), await answer.text()]).toEqual([
      415,
      "text/plain",
      "text/csv|application/json|1,2",
    ]);
  });

  it("refuses a body over the limit and goes on", async () => {
    await serve({});
    const answer = await ask("/invocations", { method: "POST", body: "x".repeat(1_000_000) });
    expect([answer.status, await answer.text()]).toEqual([413, "The request body is longer than 10 bytes"]);
    expect((await ask("/invocations", { method: "POST", body: "x" })).status).toBe(200);
  });

  it("answers 500 and logs when the model throws", async () => {
    await serve({
      invoke: () => {
        throw new Error("a defect");
      },
    });
    expect((await ask("/invocations", { method: "POST", body: "x" })).status).toBe(500);
    expect(lines[0]).toContain("a defect");
  });

  it("gives its flat form to who can serve it, when it has one", async () => {
    await serve({});
    expect((await ask("/clary/flat-model")).status).toBe(404);
    await server.close();
    await serve({ flat: Buffer.from("flat") });
    const answer = await ask("/clary/flat-model");
    expect([answer.headers.get("content-type"), await answer.text()]).toEqual(["application/octet-stream", "flat"]);
  });
});
